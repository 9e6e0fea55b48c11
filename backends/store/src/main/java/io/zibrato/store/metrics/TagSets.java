package io.zibrato.store.metrics;

import io.zibrato.store.data.BoundedCache;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The sets of tags that were submitted, and the sources among them. For the writer's thread. */
final class TagSets {
  private static final int CACHED = 50_000;

  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement insertSource;
  private final BoundedCache<Long> ids = new BoundedCache<>(CACHED);

  TagSets(Connection connection) throws SQLException {
    find = connection.prepareStatement("SELECT id FROM tag_set WHERE tags = ?");
    insert = connection.prepareStatement("INSERT INTO tag_set (tags) VALUES (?) RETURNING id");
    insertSource = connection.prepareStatement("INSERT OR IGNORE INTO source (name) VALUES (?)");
  }

  void forget() {
    ids.clear();
  }

  /** The number of a set, which is made when it is new. */
  long id(String tags) throws SQLException {
    final Long known = ids.get(tags);
    if (known != null) {
      return known;
    }
    find.setString(1, tags);
    try (ResultSet row = find.executeQuery()) {
      if (row.next()) {
        return ids.put(tags, row.getLong(1));
      }
    }
    final String source = Tags.parse(tags).get(Tags.SOURCE);
    if (source != null) {
      insertSource.setString(1, source);
      insertSource.executeUpdate();
    }
    insert.setString(1, tags);
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      return ids.put(tags, row.getLong(1));
    }
  }
}
