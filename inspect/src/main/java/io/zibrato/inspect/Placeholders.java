package io.zibrato.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code {class}} and {@code {method}} as the aspects will; {@code {host}} and {@code
 * {pid}} are only known to the process that runs, and stay.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Set<String> LATER = Set.of("host", "pid");

  private final String type;
  private final String method;

  /**
   * @param type as {@link Class#getName} gives it
   * @param method its name, or {@code <init>}
   */
  Placeholders(String type, String method) {
    this.type = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    this.method = method.equals("<init>") ? "new" : method;
  }

  String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1)) {
                      case "class" -> type;
                      case "method" -> method;
                      default -> found.group();
                    }));
  }

  /** Those of a filled text that nobody will fill in. */
  static List<String> unknown(String filled) {
    List<String> unknown = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(filled);
    while (matcher.find()) {
      if (!LATER.contains(matcher.group(1))) unknown.add(matcher.group());
    }
    return unknown;
  }

  /** A text as a process may fill in the rest of it. */
  static String filledLater(String text) {
    return text.replace("{host}", "host").replace("{pid}", "1");
  }
}
