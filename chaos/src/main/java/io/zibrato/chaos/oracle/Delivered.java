package io.zibrato.chaos.oracle;

import io.zibrato.chaos.load.Measured;
import io.zibrato.chaos.service.Request;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one service took, read from its journal as that grows. */
final class Delivered {
  private static final int NANO_DIGITS = 9;

  private final Path journal;
  private final Map<String, Map<Measured, Long>> totals = new HashMap<>();
  private final Map<String, Map<Measured, Long>> doubled = new HashMap<>();
  private final Map<String, Set<Long>> gaugeValues = new HashMap<>();
  private long read;
  private long requests;
  private long requestsAgain;
  private long gaugeValuesTwice;

  Delivered(Path journal) {
    this.journal = journal;
  }

  /** Reads on. */
  void update() throws IOException {
    if (!Files.exists(journal)) return;
    try (FileChannel file = FileChannel.open(journal, StandardOpenOption.READ)) {
      ByteBuffer more = ByteBuffer.allocate((int) Math.min(16 << 20, file.size() - read));
      while (more.hasRemaining() && file.read(more, read + more.position()) >= 0) {}
      int end = more.position();
      while (end > 0 && more.get(end - 1) != '\n') end--;
      String lines = new String(more.array(), 0, end, StandardCharsets.UTF_8);
      read += end;
      lines.lines().forEach(line -> take(Request.ofLine(line)));
    }
  }

  private void take(Request request) {
    requests++;
    if (request.again()) requestsAgain++;
    for (Request.Item item : request.items()) {
      add(totals, item);
      if (request.again()) add(doubled, item);
      else if (item.name().equals(Measured.VALUES.series)) gaugeValue(item);
    }
  }

  private void gaugeValue(Request.Item item) {
    boolean first =
        gaugeValues
            .computeIfAbsent(item.source(), source -> new HashSet<>())
            .add(item.number().longValueExact());
    if (!first) gaugeValuesTwice++;
  }

  private static void add(Map<String, Map<Measured, Long>> to, Request.Item item) {
    Map<Measured, Long> sums =
        to.computeIfAbsent(item.source(), source -> new EnumMap<>(Measured.class));
    for (Measured measured : Measured.values()) {
      if (!measured.series.equals(item.name())) continue;
      sums.merge(measured, amount(measured, item), Long::sum);
    }
  }

  private static long amount(Measured measured, Request.Item item) {
    BigDecimal number = item.number();
    return switch (measured) {
      case CALLS, TIMED -> item.count();
      case NANOS -> number.movePointRight(NANO_DIGITS).longValueExact();
      case VALUES -> 1;
      case COUNT, POISON -> number.longValueExact();
    };
  }

  /** All that arrived, twice counted twice. */
  long total(String source, Measured measured) {
    return of(totals, source, measured);
  }

  /** What arrived again, though the service had taken it. */
  long doubled(String source, Measured measured) {
    return of(doubled, source, measured);
  }

  /** What arrived, each once. */
  long once(String source, Measured measured) {
    return total(source, measured) - doubled(source, measured);
  }

  private static long of(Map<String, Map<Measured, Long>> sums, String source, Measured measured) {
    return sums.getOrDefault(source, Map.of()).getOrDefault(measured, 0L);
  }

  long requests() {
    return requests;
  }

  long requestsAgain() {
    return requestsAgain;
  }

  /** Gauge values that came in two requests of different keys. */
  long gaugeValuesTwice() {
    return gaugeValuesTwice;
  }
}
