package io.zibrato.backends;

/**
 * The service will never take the snapshot as it is. The worker delivers its halves, and theirs,
 * until the measurements at fault are alone; those are set aside with this reason.
 */
public final class RefusedException extends DeliveryException {
  private static final long serialVersionUID = 1;

  public RefusedException(String message) {
    super(message, null);
  }

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
