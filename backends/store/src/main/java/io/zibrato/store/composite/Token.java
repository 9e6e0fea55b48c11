package io.zibrato.store.composite;

/**
 * A piece of a composite's text.
 *
 * @param text a name or number as written, a string without its quotes, a mark itself; empty for
 *     the end
 * @param position where it begins
 * @param end behind its last character
 */
record Token(Kind kind, String text, int position, int end) {
  enum Kind {
    NAME,
    STRING,
    NUMBER,
    MARK,
    END
  }

  boolean is(char mark) {
    return kind == Kind.MARK && text.charAt(0) == mark;
  }
}
