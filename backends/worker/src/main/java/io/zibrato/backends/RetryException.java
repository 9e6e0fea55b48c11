package io.zibrato.backends;

import java.time.Duration;

/** The service cannot take it now: the same snapshot is delivered again later. */
public final class RetryException extends DeliveryException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;
  private final boolean ambiguous;

  /**
   * @param retryAfter how long the service asked to be left alone; zero if it did not say
   * @param ambiguous the service may have taken the snapshot nevertheless, as after a reply that
   *     never came, so that delivering it again may count it twice
   */
  public RetryException(String message, Duration retryAfter, boolean ambiguous, Throwable cause) {
    super(message, cause);
    if (retryAfter == null) throw new NullPointerException("retryAfter == null");
    this.retryAfter = retryAfter;
    this.ambiguous = ambiguous;
  }

  public RetryException(String message) {
    this(message, Duration.ZERO, false, null);
  }

  public Duration retryAfter() {
    return retryAfter;
  }

  public boolean ambiguous() {
    return ambiguous;
  }
}
