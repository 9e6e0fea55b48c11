package io.zibrato.daemon;

/**
 * A flag, or a value of one, that cannot be used. The message names both; the process exits with 2.
 */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }

  /** A value that the flag cannot have. */
  public static UsageException notUsable(String flag, String value) {
    return new UsageException(flag + ": not usable: \"" + value + '"');
  }
}
