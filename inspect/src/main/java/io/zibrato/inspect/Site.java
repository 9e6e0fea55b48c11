package io.zibrato.inspect;

import io.zibrato.meter.Series;
import java.util.Map;
import java.util.TreeMap;

/**
 * A method or constructor, and one annotation of it or of its type.
 *
 * @param origin the jar or folder it is in
 * @param type the class, as {@link Class#getName} gives it
 * @param member the method with its parameters' simple types; {@code new} for a constructor
 * @param name what its series will be called, where only {@code {host} {pid}} are left to fill in
 * @param source the same; empty for the setting {@code zibrato.source}
 * @param tags the same; empty too where they cannot be used
 */
record Site(
    String origin,
    String type,
    String member,
    Asked asked,
    Woven woven,
    String name,
    String source,
    Map<String, String> tags) {

  /**
   * @param method its name in the class file
   */
  static Site of(
      String origin, String type, String method, String member, Asked asked, Woven woven) {
    Placeholders placeholders = new Placeholders(type, method);
    String name = asked.name().isEmpty() ? "{class}.{method}" : asked.name();
    return new Site(
        origin,
        type,
        member,
        asked,
        woven,
        placeholders.fill(name),
        placeholders.fill(asked.source()),
        tags(asked, placeholders));
  }

  private static Map<String, String> tags(Asked asked, Placeholders placeholders) {
    Map<String, String> tags = new TreeMap<>();
    try {
      Series.tags(asked.tags()).forEach((key, value) -> tags.put(key, placeholders.fill(value)));
    } catch (IllegalArgumentException e) {
      tags.clear(); // SiteWarnings says why.
    }
    return tags;
  }

  String place() {
    return type + '.' + member;
  }
}
