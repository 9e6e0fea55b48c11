package com.example.csv;

import io.zibrato.backends.Backend;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes each snapshot into a file of its own, of comma-separated values.
 *
 * <p>A file is there whole or not at all, and is named by its snapshot's fingerprint: what comes
 * again after a failure or a kill replaces itself, so nothing is lost and nothing counts twice.
 */
final class CsvBackend extends Backend {
  private final Path folder;

  CsvBackend(Path folder) {
    this.folder = folder;
  }

  @Override
  public void connect() throws IOException, FatalException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new FatalException("--dir: not a folder: \"" + folder + '"');
    }
    Files.createDirectories(folder);
  }

  /** An {@link IOException}, as of a full disk, has the worker try again later. */
  @Override
  public void flush(Snapshot snapshot) throws IOException {
    if (snapshot.isEmpty()) return;
    if (!Files.isDirectory(folder)) throw new NotDirectoryException(folder.toString());
    String name = snapshot.endMillis() + "-" + snapshot.fingerprint();
    Path unfinished = folder.resolve(name + ".part");
    write(unfinished, CsvRows.of(snapshot).getBytes(StandardCharsets.UTF_8));
    Files.move(unfinished, folder.resolve(name + ".csv"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel to =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) to.write(buffer);
      to.force(true);
    }
  }
}
