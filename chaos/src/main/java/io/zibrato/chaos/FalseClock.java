package io.zibrato.chaos;

import io.zibrato.processes.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The wall clock of one process, which can be set while it runs. The monotonic clock stays as it
 * is.
 *
 * <p>By a library of our own that is loaded before the others, and compiled here. libfaketime,
 * which does the same and more, also stands between a JVM and its timed waits, and makes them
 * return at once.
 */
final class FalseClock {
  private final Path library;
  private final Path file;

  private FalseClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /**
   * Compiles the library.
   *
   * @return null where there is no C compiler
   */
  static Path compile(Path folder) throws IOException {
    Path source = folder.resolve("clock.c");
    Path library = folder.resolve("clock.so");
    try (InputStream in = FalseClock.class.getResourceAsStream("clock.c")) {
      Files.copy(in, source);
    }
    String from = source.toString();
    String to = library.toString();
    boolean made = Tool.works("cc", "-shared", "-fPIC", "-O2", "-o", to, from, "-ldl");
    return made ? library : null;
  }

  /**
   * @param file where its offset is kept
   */
  static FalseClock of(Path library, Path file) throws IOException {
    FalseClock clock = new FalseClock(library, file);
    clock.ahead(0);
    return clock;
  }

  /** What goes before a command that is to see it. */
  List<String> prefix() {
    return List.of("env", "LD_PRELOAD=" + library, "ZIBRATO_CHAOS_CLOCK=" + file);
  }

  /** Sets it so many seconds before the true time, or behind it. */
  void ahead(long seconds) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.putLong(0, seconds);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(bytes, 0);
    }
  }
}
