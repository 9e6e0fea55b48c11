package io.zibrato.backends;

/**
 * Why a service did not take a snapshot. Which of the three it is decides what the worker does
 * next; the message is logged and must hold no secret.
 */
public abstract sealed class DeliveryException extends Exception
    permits RetryException, RefusedException, FatalException {
  private static final long serialVersionUID = 1;

  DeliveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
