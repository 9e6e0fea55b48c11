package io.zibrato.librato;

/** 404: there is no such metric, stream, alert, service, space or chart. */
public final class NotFoundException extends LibratoException {
  private static final long serialVersionUID = 1L;

  NotFoundException(Answer answer) {
    super(answer);
  }
}
