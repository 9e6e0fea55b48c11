package io.zibrato.samples.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the shop counts itself, beside the calls that are measured. Any thread. */
final class Tally {
  private final Map<String, LongAdder> counts = new TreeMap<>();

  synchronized LongAdder of(String series) {
    return counts.computeIfAbsent(series, s -> new LongAdder());
  }

  /** Writes lines of {@code series=count}. */
  synchronized void write(Path file) throws IOException {
    List<String> lines =
        counts.entrySet().stream().map(e -> e.getKey() + '=' + e.getValue().sum()).toList();
    Files.write(file, lines);
  }
}
