package io.zibrato.librato;

/** 5xx: the service failed, and did so each time it was tried again. */
public final class ServerErrorException extends LibratoException {
  private static final long serialVersionUID = 1L;

  ServerErrorException(Answer answer, long retryAfterSeconds) {
    super(answer, retryAfterSeconds);
  }
}
