package io.zibrato.store.composite;

/**
 * A composite that cannot be read, or that asks for too much. The message is for whoever wrote it;
 * of one that cannot be read it says at which character.
 */
public final class CompositeException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_EXCERPT = 20;

  public CompositeException(String message) {
    super(message);
  }

  /** What is wrong at {@code position}, an index into {@code text}. */
  static CompositeException at(String text, int position, String problem) {
    final int character = text.codePointCount(0, position) + 1;
    return new CompositeException(
        "cannot be read at character " + character + where(text, position) + ": " + problem);
  }

  private static String where(String text, int position) {
    if (position == text.length()) {
      return " (its end)";
    }
    final int end = Math.min(text.length(), position + MAX_EXCERPT);
    final String excerpt = text.substring(position, end).replaceAll("\\p{Cntrl}", " ");
    return " (before " + excerpt + (end < text.length() ? "..." : "") + ")";
  }
}
