package io.zibrato.samples.demo;

/** A flag, or a value of one, that cannot be used. The message names both. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
