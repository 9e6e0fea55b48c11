package io.zibrato.librato;

/**
 * 429: too much was sent, and waiting for it was more than {@link
 * LibratoClientBuilder#maxRetryAfter} or {@link LibratoClientBuilder#retries} allow.
 */
public final class RateLimitedException extends LibratoException {
  private static final long serialVersionUID = 1L;

  RateLimitedException(Answer answer, long retryAfterSeconds) {
    super(answer, retryAfterSeconds);
  }
}
