package io.zibrato.backends;

/**
 * Why a service did not take a snapshot, or not all of it. Which of the four it is decides what the
 * worker does next; the message is logged and must hold no secret.
 */
public abstract sealed class DeliveryException extends Exception
    permits RetryException, RefusedException, TakenInPartException, FatalException {
  private static final long serialVersionUID = 1;

  DeliveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
