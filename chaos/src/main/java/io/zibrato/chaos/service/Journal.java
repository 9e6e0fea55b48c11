package io.zibrato.chaos.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The requests that the service took, one a line, in a file that outlives a kill; a line that a
 * kill cut short was never answered, and goes.
 */
final class Journal {
  private final FileChannel file;
  private final Set<String> keys = new HashSet<>();

  private Journal(FileChannel file) {
    this.file = file;
  }

  static Journal open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Journal journal = new Journal(file);
    byte[] bytes = Files.readAllBytes(path);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') end--;
    file.truncate(end);
    file.position(end);
    new String(bytes, 0, end, StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> journal.keys.add(Request.ofLine(line).key()));
    return journal;
  }

  /** Whether a request of that key was taken before. */
  synchronized boolean knows(String key) {
    return keys.contains(key);
  }

  synchronized void add(Request request) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((request.line() + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) file.write(line);
    keys.add(request.key());
  }
}
