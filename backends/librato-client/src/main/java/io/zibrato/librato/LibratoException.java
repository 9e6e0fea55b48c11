package io.zibrato.librato;

import java.io.IOException;

/**
 * The service did not do what it was asked. Its own class where a caller may want to tell it apart,
 * this one for every other status, such as 415 or 422.
 *
 * <p>The message is the status and what the body says was wrong, whatever its shape, on one line:
 * {@code [400] params: name: is not present}.
 */
public class LibratoException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_BODY = 1024;

  private final int status;
  private final String body;
  private final long retryAfterSeconds;

  LibratoException(int status, String message, String body, Throwable cause) {
    this(status, message, body, RetryAfter.UNKNOWN, cause);
  }

  private LibratoException(
      int status, String message, String body, long retryAfterSeconds, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.body = body.length() > MAX_BODY ? body.substring(0, MAX_BODY) : body;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  LibratoException(Answer answer) {
    this(answer, RetryAfter.UNKNOWN);
  }

  LibratoException(Answer answer, long retryAfterSeconds) {
    this(
        answer.status(),
        "[" + answer.status() + "] " + ErrorBody.flatten(answer.body()),
        answer.body(),
        retryAfterSeconds,
        null);
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** The first 1024 characters of the answer's body; empty if there was none. */
  public String body() {
    return body;
  }

  /**
   * How long the service asks to be left alone, from its answer on: its header {@code Retry-After},
   * as a rule with 429 and 503; -1 if it does not say.
   */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  static LibratoException of(Answer answer, long retryAfterSeconds) {
    return switch (answer.status()) {
      case 400 -> new BadRequestException(answer);
      case 401 -> new UnauthorizedException(answer);
      case 403 -> new ForbiddenException(answer);
      case 404 -> new NotFoundException(answer);
      case 429 -> new RateLimitedException(answer, retryAfterSeconds);
      default ->
          answer.status() >= 500
              ? new ServerErrorException(answer, retryAfterSeconds)
              : new LibratoException(answer, retryAfterSeconds);
    };
  }
}
