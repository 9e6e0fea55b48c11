package io.zibrato.store;

/** A flag or a value that cannot be used; the message names both and is all the user is shown. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
