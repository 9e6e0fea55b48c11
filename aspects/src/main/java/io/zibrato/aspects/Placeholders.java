package io.zibrato.aspects;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code {class} {method} {host} {pid}}. One that is none of these stays as it is, and is
 * named in the log.
 */
final class Placeholders {
  private static final Logger LOG = System.getLogger(Placeholders.class.getName());
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Path HOST_FILE = Path.of("/proc/sys/kernel/hostname");

  private final String joinPoint;
  private final String type;
  private final String method;

  /**
   * @param type as {@link Class#getName} gives it
   * @param method its name, or {@code <init>}
   */
  Placeholders(String type, String method) {
    this.type = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    this.method = method.equals("<init>") ? "new" : method;
    this.joinPoint = type + '.' + this.method;
  }

  /** The join point, such as {@code com.example.Shop.order}. */
  String joinPoint() {
    return joinPoint;
  }

  String fill(String text) {
    if (text.indexOf('{') < 0) return text;
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String value = value(matcher.group(1));
      if (value == null) {
        LOG.log(
            Logger.Level.WARNING,
            "{0}.{1}: no placeholder '{'{2}'}'; there are class, method, host and pid",
            type,
            method,
            matcher.group(1));
      }
      matcher.appendReplacement(
          filled, Matcher.quoteReplacement(value == null ? matcher.group() : value));
    }
    return matcher.appendTail(filled).toString();
  }

  private String value(String placeholder) {
    return switch (placeholder) {
      case "class" -> type;
      case "method" -> method;
      case "host" -> host();
      case "pid" -> Long.toString(ProcessHandle.current().pid());
      default -> null;
    };
  }

  /** The kernel's word first, since asking the resolver for our own name can take seconds. */
  private static String host() {
    try {
      if (Files.isReadable(HOST_FILE)) return Files.readString(HOST_FILE).trim();
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown-host";
    }
  }
}
