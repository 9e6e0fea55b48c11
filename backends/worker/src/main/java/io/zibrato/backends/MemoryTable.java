package io.zibrato.backends;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** A backend's memory as the state's file has it: a row each, with a checksum over both columns. */
final class MemoryTable {
  private static final Logger LOG = System.getLogger(MemoryTable.class.getName());

  private MemoryTable() {}

  /** Gives back what was kept. */
  static void load(Connection connection, Memory memory) throws SQLException {
    int damaged = 0;
    try (PreparedStatement select = connection.prepareStatement("SELECT key, value FROM memory");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        byte[] key = row.getBytes(1);
        try (DataInputStream in = Encoded.open(row.getBytes(2))) {
          byte[] ownKey = in.readNBytes(in.readInt());
          if (!Arrays.equals(ownKey, key)) throw new IOException("damaged: another row's");
          memory.recall(key, in.readAllBytes());
        } catch (IOException e) {
          damaged++;
        }
      }
    }
    if (damaged > 0)
      LOG.log(Level.WARNING, "{0} rows of what the backend remembered are damaged", damaged);
  }

  /** Writes what changed. */
  static void save(Connection connection, Memory memory) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT OR REPLACE INTO memory VALUES (?, ?)");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM memory WHERE key = ?")) {
      memory.save(
          new Memory.Sink() {
            @Override
            public void put(byte[] key, byte[] value) throws IOException {
              byte[] encoded =
                  Encoded.of(
                      out -> {
                        out.writeInt(key.length);
                        out.write(key);
                        out.write(value);
                      });
              execute(insert, key, encoded);
            }

            @Override
            public void remove(byte[] key) throws IOException {
              execute(delete, key);
            }
          });
    } catch (IOException e) {
      throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
    }
  }

  private static void execute(PreparedStatement statement, byte[]... columns) throws IOException {
    try {
      for (int i = 0; i < columns.length; i++) statement.setBytes(i + 1, columns[i]);
      statement.execute();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
