package io.zibrato.store.composite;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a composite's text into tokens, one at a time. */
final class Lexer {
  private static final String MARKS = "()[]{},:";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]++(\\.[0-9]++)?+([eE][+-]?[0-9]++)?+");

  private final String text;
  private int position;

  Lexer(String text) {
    this.text = text;
  }

  Token next() throws CompositeException {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    if (position == text.length()) {
      return new Token(Token.Kind.END, "", position, position);
    }
    final char first = text.charAt(position);
    if (MARKS.indexOf(first) >= 0) {
      return token(Token.Kind.MARK, position + 1);
    }
    if (first == '"') {
      return string();
    }
    final Matcher matcher = NAME.matcher(text).region(position, text.length());
    if (matcher.lookingAt()) {
      return token(Token.Kind.NAME, matcher.end());
    }
    if (matcher.usePattern(NUMBER).lookingAt()) {
      return token(Token.Kind.NUMBER, matcher.end());
    }
    throw CompositeException.at(text, position, "this character is not of the language");
  }

  private Token token(Token.Kind kind, int end) {
    final Token token = new Token(kind, text.substring(position, end), position, end);
    position = end;
    return token;
  }

  private Token string() throws CompositeException {
    final StringBuilder content = new StringBuilder();
    for (int i = position + 1; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c == '"') {
        final Token token = new Token(Token.Kind.STRING, content.toString(), position, i + 1);
        position = i + 1;
        return token;
      }
      if (c == '\\') {
        i++;
        if (i == text.length() || "\"\\".indexOf(text.charAt(i)) < 0) {
          throw CompositeException.at(text, i - 1, "a backslash is for \\\" and \\\\ only");
        }
      }
      content.append(text.charAt(i));
    }
    throw CompositeException.at(text, position, "this string has no end");
  }
}
