package io.zibrato.backends;

/**
 * Nothing will ever be delivered with what the worker was told, such as its credentials. From
 * {@link Backend#connect} it ends the process with exit code 1 and this message. Once connected it
 * is taken as {@link RetryException}: a service may lose its mind for a while.
 */
public final class FatalException extends DeliveryException {
  private static final long serialVersionUID = 1;

  public FatalException(String message) {
    super(message, null);
  }
}
