package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  @TempDir private Path dir;

  @Test
  void transaction_isKept() throws Exception {
    try (StateFile state = StateFile.open(dir)) {
      set(state, 5);
      assertThatThrownBy(
              () ->
                  state.transaction(
                      connection -> {
                        LedgerTables.setNumber(connection, "n", 6);
                        throw new SQLException("no");
                      }))
          .hasMessage("no");
    }
    try (StateFile state = StateFile.open(dir)) {
      assertThat(number(state)).isEqualTo(5);
      assertThat(state.damaged()).isFalse();
    }
  }

  @Test
  void open_keepsASecondWorkerOff() throws Exception {
    try (StateFile state = StateFile.open(dir)) {
      assertThat(state.damaged()).isFalse();
      assertThatThrownBy(() -> StateFile.open(dir))
          .isInstanceOf(IOException.class)
          .hasMessage("--state " + dir + " is in use by another worker; each needs its own");
    }
    StateFile.open(dir).close();
  }

  @Test
  void open_saysWhichFolderCannotBeMade() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "");

    assertThatThrownBy(() -> StateFile.open(file.resolve("state")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--state " + file.resolve("state"));
  }

  @Test
  void open_refusesANewerFile() throws Exception {
    try (StateFile state = StateFile.open(dir)) {
      state.transaction(
          connection -> connection.createStatement().execute("PRAGMA user_version = 99"));
    }

    assertThatThrownBy(() -> StateFile.open(dir))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("newer version");
    onlyTheFile();
  }

  /** As version 1 was: without the table of what backends remember. */
  @Test
  void open_bringsAnOlderFileUpToDate() throws Exception {
    try (StateFile state = StateFile.open(dir)) {
      set(state, 7);
      state.transaction(connection -> connection.createStatement().execute("DROP TABLE memory"));
      state.transaction(
          connection -> connection.createStatement().execute("PRAGMA user_version = 1"));
    }

    for (int run = 0; run < 2; run++) {
      try (StateFile state = StateFile.open(dir)) {
        assertThat(state.damaged()).isFalse();
        assertThat(number(state)).isEqualTo(7);
        String count = "SELECT count(*) FROM memory";
        state.transaction(connection -> connection.createStatement().execute(count));
      }
    }
    onlyTheFile();
  }

  private void onlyTheFile() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).contains("worker.db").noneMatch(name -> name.contains("damaged"));
    }
  }

  /** Whatever a disk did to the file, a worker starts, and the damaged file is still there. */
  @Test
  void open_survivesDamage() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      Path folder = dir.resolve("d" + seed);
      try (StateFile state = StateFile.open(folder)) {
        for (int i = 0; i < 200; i++) fill(state, i);
      }
      Path file = folder.resolve("worker.db");
      byte[] bytes = Files.readAllBytes(file);
      Random random = new Random(seed);
      if (seed % 3 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        for (int i = 0; i < 40; i++) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << i % 8);
      }
      Files.write(file, bytes);

      try (StateFile state = StateFile.open(folder)) {
        set(state, seed);
        assertThat(number(state)).isEqualTo(seed);
        if (!state.damaged()) continue;
        try (Stream<Path> files = Files.list(folder)) {
          assertThat(files).anyMatch(name -> name.toString().contains("worker.db.damaged-"));
        }
      }
    }
  }

  /** SQLite ends a transaction by itself then, and the next one has to be begun all the same. */
  @Test
  void transaction_worksAgainAfterTheDiskWasFull() throws Exception {
    Path disk = Files.createDirectory(dir.resolve("disk"));
    assumeTrue(works("mount", "-t", "tmpfs", "-o", "size=2m", "test", disk.toString()), "mount");
    try (StateFile state = StateFile.open(disk)) {
      set(state, 1);
      Path filler = disk.resolve("filler");
      assertThatThrownBy(() -> fillUp(filler)).hasMessageContaining("No space");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> fillMuch(state)).isInstanceOf(SQLException.class);
      }
      Files.delete(filler);

      set(state, 2);
      assertThat(number(state)).isEqualTo(2);
    } finally {
      works("umount", disk.toString());
    }
  }

  private static void fillMuch(StateFile state) throws SQLException {
    state.transaction(
        connection -> {
          for (int i = 0; i < 10_000; i++) LedgerTables.setNumber(connection, "much " + i, i);
          return null;
        });
  }

  private static void fillUp(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) out.write(new byte[4096]);
    }
  }

  private static boolean works(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  /** Also of those that make SQLite take the file for another's, or for one that is only read. */
  @Test
  void open_survivesDamageOfTheFirstBytes() throws Exception {
    try (StateFile state = StateFile.open(dir)) {
      set(state, 1);
    }
    byte[] whole = Files.readAllBytes(dir.resolve("worker.db"));
    for (int at = 0; at < 108; at++) {
      for (int with : new int[] {0xff, 0x03}) {
        Path folder = Files.createDirectory(dir.resolve(at + "-" + with));
        byte[] bytes = whole.clone();
        bytes[at] ^= (byte) with;
        Files.write(folder.resolve("worker.db"), bytes);
        try (StateFile state = StateFile.open(folder)) {
          set(state, at);
          assertThat(number(state)).as("byte %s", at).isEqualTo(at);
          assertThat(state.transaction(each -> new SpoolTable(each).totals()).parts()).isZero();
        }
      }
    }
  }

  private static void fill(StateFile state, int i) throws SQLException {
    state.transaction(
        connection -> {
          LedgerTables.setNumber(connection, "filling the file, number " + i, i);
          return null;
        });
  }

  private static void set(StateFile state, long n) throws SQLException {
    state.transaction(
        connection -> {
          LedgerTables.setNumber(connection, "n", n);
          return null;
        });
  }

  private static long number(StateFile state) throws SQLException {
    return state.transaction(connection -> LedgerTables.number(connection, "n", -1));
  }
}
