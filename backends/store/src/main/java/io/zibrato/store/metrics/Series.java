package io.zibrato.store.metrics;

import io.zibrato.store.data.Wildcard;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One series of a metric: what was measured of it under one set of tags. */
record Series(long id, Map<String, String> tags) {

  /** All of a metric, in the order of their tags. */
  static List<Series> of(Connection connection, Metric metric) throws SQLException {
    final List<Series> all = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT series.id, tags FROM series JOIN tag_set ON tag_set.id = tag_set_id"
                + " WHERE metric_id = ?")) {
      select.setLong(1, metric.id());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(new Series(row.getLong(1), Tags.parse(row.getString(2))));
        }
      }
    }
    all.sort(Comparator.comparing((Series each) -> order(each.tags())).thenComparing(Series::id));
    return all;
  }

  /** What sets of tags are ordered by. */
  static String order(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(each -> each.getKey() + "\0" + each.getValue().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("\0"));
  }

  /** Its source, or what stands for none. */
  String source() {
    return tags.getOrDefault(Tags.SOURCE, Tags.UNASSIGNED);
  }

  /** Whether it has the tag, of a value that the pattern matches, in whatever case. */
  boolean has(String tag, String pattern) {
    final String value = tag.equals(Tags.SOURCE) ? source() : tags.get(tag);
    return value != null && matches(pattern, value);
  }

  static boolean matches(String pattern, String value) {
    return Wildcard.matches(pattern.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
  }
}
