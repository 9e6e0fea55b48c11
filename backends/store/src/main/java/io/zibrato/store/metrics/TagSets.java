package io.zibrato.store.metrics;

import io.zibrato.store.data.BoundedCache;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The sets of tags that were submitted, and the sources among them. For the writer's thread. */
final class TagSets {
  /** Of the table, with the source as its parameter. */
  static final String OF_SOURCE = "tags ->> 'source' = ? COLLATE NOCASE";

  private static final int CACHED = 50_000;

  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement insertSource;
  private final PreparedStatement deleteOfSource;
  private final BoundedCache<Long> ids = new BoundedCache<>(CACHED);

  TagSets(Connection connection) throws SQLException {
    find = connection.prepareStatement("SELECT id FROM tag_set WHERE tags = ?");
    insert = connection.prepareStatement("INSERT INTO tag_set (tags) VALUES (?) RETURNING id");
    insertSource = connection.prepareStatement("INSERT OR IGNORE INTO source (name) VALUES (?)");
    deleteOfSource = connection.prepareStatement("DELETE FROM tag_set WHERE " + OF_SOURCE);
  }

  void forget() {
    ids.clear();
  }

  void delete(String source) throws SQLException {
    deleteOfSource.setString(1, source);
    deleteOfSource.executeUpdate();
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
