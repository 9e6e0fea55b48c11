package io.zibrato.librato;

/** 401: there are no credentials, or not the right ones. */
public final class UnauthorizedException extends LibratoException {
  private static final long serialVersionUID = 1L;

  UnauthorizedException(Answer answer) {
    super(answer);
  }
}
