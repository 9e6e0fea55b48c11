package io.zibrato.librato;

/** The service says that it did it, but its answer is not what the API documents. */
public final class UnexpectedAnswerException extends LibratoException {
  private static final long serialVersionUID = 1L;

  UnexpectedAnswerException(Answer answer, RuntimeException cause) {
    super(
        answer.status(),
        "[" + answer.status() + "] the answer is not as documented: " + cause.getMessage(),
        answer.body(),
        cause);
  }
}
