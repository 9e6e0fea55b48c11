package io.zibrato.daemon;

/** Text as JSON strings. */
final class JsonText {
  private JsonText() {}

  /** Appends the string, in quotes, in ASCII: any text makes one line. */
  static void append(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c == '\n') out.append("\\n");
      else if (c == '\t') out.append("\\t");
      else if (c < 0x20 || c >= 0x7F) out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    out.append('"');
  }
}
