package com.example.csv;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot as comma-separated values, a row a measurement:
 *
 * <pre>
 * time,kind,name,source,tags,value,sum_nanos,p50_nanos,p99_nanos
 * </pre>
 *
 * <p>Time is epoch milliseconds. The value is a counter's sum, a timer's number of calls, or a
 * gauge's value; the last three are a timer's alone, and empty where nothing was timed. Texts are
 * in quotes. In them, a backslash begins an escape: of itself, of {@code =} and {@code ;} in tags,
 * and, as {@code backslash u} and four hexadecimal digits, of controls and of halves of surrogate
 * pairs, which UTF-8 does not have. So different series are different texts.
 */
final class CsvRows {
  static final String HEADER = "time,kind,name,source,tags,value,sum_nanos,p50_nanos,p99_nanos\n";

  private CsvRows() {}

  static String of(Snapshot snapshot) {
    StringBuilder rows = new StringBuilder(HEADER);
    for (CounterTotal counter : snapshot.counters()) {
      begin(rows, snapshot.endMillis(), "counter", counter.key());
      rows.append(counter.sum()).append(",,,\n");
    }
    for (TimerTotal timer : snapshot.timers()) {
      begin(rows, snapshot.endMillis(), "timer", timer.key());
      rows.append(timer.count());
      if (timer.timed() == 0) {
        rows.append(",,,\n");
      } else {
        rows.append(',').append(timer.sumNanos());
        rows.append(',').append(timer.histogram().quantileNanos(0.5));
        rows.append(',').append(timer.histogram().quantileNanos(0.99)).append('\n');
      }
    }
    for (GaugeValue gauge : snapshot.gauges()) {
      begin(rows, gauge.epochMillis(), "gauge", gauge.key());
      rows.append(gauge.value()).append(",,,\n");
    }
    return rows.toString();
  }

  private static void begin(StringBuilder rows, long millis, String kind, SeriesKey key) {
    rows.append(millis).append(',').append(kind).append(",\"");
    text(rows, key.name());
    text(rows.append("\",\""), key.source());
    rows.append("\",\"");
    String separator = "";
    for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
      text(rows.append(separator), tag.getKey());
      text(rows.append('='), tag.getValue());
      separator = ";";
    }
    rows.append("\",");
  }

  private static void text(StringBuilder rows, String text) {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      if (point == '"') rows.append("\"\"");
      else if (point == '\\' || point == '=' || point == ';')
        rows.append('\\').append((char) point);
      else if (surrogate || Character.isISOControl(point)) {
        rows.append(String.format("\\u%04x", point));
      } else rows.appendCodePoint(point);
    }
  }
}
