package io.zibrato.samples.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What the applications counted themselves. */
record Totals(Map<DemoSeries, Long> counts) {
  /** Nothing yet. */
  Totals() {
    this(new LinkedHashMap<>());
  }

  /**
   * Takes the totals of one application.
   *
   * @throws IOException if it counted something else than what it is measured by
   */
  void read(Path file, String source) throws IOException {
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      lines.load(reader);
    }
    List<DemoSeries> series = DemoSeries.of(source);
    if (lines.size() != series.size()) {
      throw new IOException(source + " counted " + lines.stringPropertyNames());
    }
    for (DemoSeries each : series) {
      String count = lines.getProperty(each.metric());
      if (count == null) throw new IOException(source + " did not count " + each.metric());
      counts.put(each, Long.parseLong(count));
    }
  }
}
