package io.zibrato.backends;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The ledger as the state's file has it: one row an instance, and one for each level of it. */
final class LedgerTables {
  private LedgerTables() {}

  private static long beganMillis(Connection connection, long nowMillis) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR IGNORE INTO about VALUES ('beganMillis', ?)")) {
      insert.setLong(1, nowMillis);
      insert.execute();
    }
    long began = number(connection, "beganMillis", nowMillis);
    if (began <= nowMillis) return began;
    // The clock was ahead when the state began, or is behind now: the first would last for good.
    setNumber(connection, "beganMillis", nowMillis);
    return nowMillis;
  }

  static long number(Connection connection, String key, long otherwise) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT value FROM about WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : otherwise;
      }
    }
  }

  static void setNumber(Connection connection, String key, long value) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO about VALUES (?, ?)")) {
      insert.setString(1, key);
      insert.setLong(2, value);
      insert.execute();
    }
  }

  /** Writes what changed. */
  static void save(Connection connection, Ledger ledger) throws SQLException {
    try (PreparedStatement instances =
            connection.prepareStatement("INSERT OR REPLACE INTO instance VALUES (?, ?)");
        PreparedStatement accounts =
            connection.prepareStatement("INSERT OR REPLACE INTO account VALUES (?, ?, ?)");
        PreparedStatement forgets =
            connection.prepareStatement("INSERT INTO forgotten (id) VALUES (?)");
        PreparedStatement noInstance =
            connection.prepareStatement("DELETE FROM instance WHERE id = ?");
        PreparedStatement noAccounts =
            connection.prepareStatement("DELETE FROM account WHERE instance = ?")) {
      ledger.save(
          new Ledger.Keeper() {
            @Override
            public void keep(Instance instance) throws SQLException {
              instances.setBytes(1, bytes(instance.id));
              instances.setBytes(2, instance.encoded());
              instances.execute();
            }

            @Override
            public void keep(Instance instance, String level, Account account) throws SQLException {
              accounts.setBytes(1, bytes(instance.id));
              accounts.setString(2, level);
              accounts.setBytes(3, account.encoded());
              accounts.execute();
            }

            @Override
            public void forget(UUID instance) throws SQLException {
              for (PreparedStatement each :
                  new PreparedStatement[] {forgets, noInstance, noAccounts}) {
                each.setBytes(1, bytes(instance));
                each.execute();
              }
            }
          });
    }
    try (PreparedStatement trim =
        connection.prepareStatement(
            "DELETE FROM forgotten WHERE number <= (SELECT max(number) FROM forgotten) - ?")) {
      trim.setInt(1, Ledger.MAX_REMEMBERED);
      trim.execute();
    }
  }

  /**
   * Takes back what was kept. What cannot be read is left out and counted: its instance is met
   * anew, as an older one. Sets the moment since which everything counts, if there is none yet.
   */
  static Ledger load(Connection connection, long nowMillis, LossTally losses) throws SQLException {
    Ledger ledger = new Ledger(beganMillis(connection, nowMillis), losses);
    Map<UUID, Instance> instances = new HashMap<>();
    long nowNanos = System.nanoTime();
    try (PreparedStatement select = connection.prepareStatement("SELECT id FROM forgotten");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        UUID id = uuid(row.getBytes(1));
        if (id != null) ledger.restoreForgotten(id);
      }
    }
    try (PreparedStatement select = connection.prepareStatement("SELECT id, facts FROM instance");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        UUID id = uuid(row.getBytes(1));
        if (id == null) continue;
        try (DataInputStream in = Encoded.open(row.getBytes(2))) {
          Instance instance = new Instance(id, in);
          ledger.restore(instance, nowNanos);
          instances.put(id, instance);
        } catch (IOException | RuntimeException e) {
          losses.add(Loss.STATE_DAMAGED, 1, () -> "instance " + id + ": " + e.getMessage());
          ledger.restoreDamaged(id);
        }
      }
    }
    try (PreparedStatement select =
            connection.prepareStatement("SELECT instance, level, facts FROM account");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Instance instance = instances.get(uuid(row.getBytes(1)));
        if (instance == null) continue;
        String level = row.getString(2);
        try (DataInputStream in = Encoded.open(row.getBytes(3))) {
          ledger.restore(instance, level, in);
        } catch (IOException | RuntimeException e) {
          losses.add(
              Loss.STATE_DAMAGED, 1, () -> level + " of " + instance.id + ": " + e.getMessage());
          ledger.restoreUnknown(instance, level);
        }
      }
    }
    return ledger;
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Null for what cannot be one, and can only be damaged. */
  private static UUID uuid(byte[] bytes) {
    if (bytes == null || bytes.length != 16) return null;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
