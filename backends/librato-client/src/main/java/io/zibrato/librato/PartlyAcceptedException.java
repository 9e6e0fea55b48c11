package io.zibrato.librato;

/**
 * Of the tagged measurements in one request the service took some and refused others. None of them
 * may be sent again as they are: those it took would count twice.
 */
public final class PartlyAcceptedException extends LibratoException {
  private static final long serialVersionUID = 1L;

  private final long failed;

  PartlyAcceptedException(Answer answer, long failed) {
    super(answer);
    this.failed = failed;
  }

  /** How many were refused. */
  public long failed() {
    return failed;
  }
}
