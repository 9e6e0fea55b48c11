package io.zibrato.librato;

import java.io.IOException;

/** No answer came, as often as it was tried: no connection, a lost one, or none in time. */
public final class NoAnswerException extends LibratoException {
  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;

  NoAnswerException(String message, boolean mayHaveArrived, IOException cause) {
    super(0, message, "", cause);
    this.mayHaveArrived = mayHaveArrived;
  }

  /** Whether the service may have done what it was asked; false if it never heard of it. */
  public boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}
