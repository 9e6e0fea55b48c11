package io.zibrato.librato;

import java.io.IOException;

/** There was no connection to send the request by, so that the service cannot have heard of it. */
final class NotSentException extends IOException {
  private static final long serialVersionUID = 1L;

  NotSentException(IOException cause) {
    super(cause);
  }

  /** What went wrong, without saying that nothing was sent. */
  static IOException cause(IOException e) {
    return e instanceof NotSentException ? (IOException) e.getCause() : e;
  }
}
