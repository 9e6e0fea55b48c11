package io.zibrato.store.metrics;

import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The parameters {@code tags}: {@code tags[region]=us-*} is a tag's value, several for one tag are
 * alternatives, {@code !} before a value means that the tag is there and does not match, and before
 * a name that the tag is not there. Or {@code tags_search}.
 */
final class TagFilter {
  private TagFilter() {}

  static Predicate<Map<String, String>> of(Call call) throws ApiError {
    final Map<String, List<String>> values = new LinkedHashMap<>();
    final List<String> absent = new ArrayList<>();
    for (final Map.Entry<String, String> each : call.parameters()) {
      final String name = each.getKey();
      if (name.equals("tags") || name.equals("tags[]")) {
        absent.add(absent(each.getValue()));
      } else if (name.startsWith("tags[!") && name.endsWith("]")) {
        absent.add(absent(name.substring(5, name.length() - 1)));
      } else if (name.startsWith("tags[") && name.endsWith("]")) {
        values
            .computeIfAbsent(
                name.substring(5, name.length() - 1).toLowerCase(Locale.ROOT),
                n -> new ArrayList<>())
            .add(each.getValue());
      }
    }
    final String search = call.text("tags_search", null);
    if (search != null && !(values.isEmpty() && absent.isEmpty())) {
      throw ApiError.param("tags_search", "must not be present with tags");
    }
    return search != null ? TagSearch.parse(search) : tags -> matches(tags, values, absent);
  }

  private static String absent(String name) throws ApiError {
    if (!name.startsWith("!")) {
      throw ApiError.param("tags", "has neither a name, as in tags[name]=value, nor is it !name");
    }
    return name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static boolean matches(
      Map<String, String> tags, Map<String, List<String>> values, List<String> absent) {
    return absent.stream().noneMatch(tags::containsKey)
        && values.entrySet().stream().allMatch(each -> any(tags.get(each.getKey()), each));
  }

  private static boolean any(String value, Map.Entry<String, List<String>> patterns) {
    if (value == null) {
      return false;
    }
    boolean wanted = false;
    boolean found = false;
    for (final String pattern : patterns.getValue()) {
      if (pattern.startsWith("!")) {
        if (Series.matches(pattern.substring(1), value)) {
          return false;
        }
      } else {
        wanted = true;
        found |= Series.matches(pattern, value);
      }
    }
    return found || !wanted;
  }
}
