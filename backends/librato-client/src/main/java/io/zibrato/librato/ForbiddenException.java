package io.zibrato.librato;

/** 403: these credentials may not do this. */
public final class ForbiddenException extends LibratoException {
  private static final long serialVersionUID = 1L;

  ForbiddenException(Answer answer) {
    super(answer);
  }
}
