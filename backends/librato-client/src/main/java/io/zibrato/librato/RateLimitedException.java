package io.zibrato.librato;

/**
 * 429: too much was sent, and waiting for it was more than {@link
 * LibratoClientBuilder#maxRetryAfter} or {@link LibratoClientBuilder#retries} allow.
 */
public final class RateLimitedException extends LibratoException {
  private static final long serialVersionUID = 1L;

  private final long retryAfterSeconds;

  RateLimitedException(Answer answer, long retryAfterSeconds) {
    super(answer);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** How long the service asks to wait, from its answer on; -1 if it does not say. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
