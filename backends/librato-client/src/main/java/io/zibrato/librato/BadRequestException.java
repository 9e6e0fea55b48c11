package io.zibrato.librato;

/**
 * 400: the request could not be read, or a parameter of it not used; sending it again is no use.
 */
public final class BadRequestException extends LibratoException {
  private static final long serialVersionUID = 1L;

  BadRequestException(Answer answer) {
    super(answer);
  }
}
