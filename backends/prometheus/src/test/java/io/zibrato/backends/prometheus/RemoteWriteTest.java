package io.zibrato.backends.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.Totals;
import io.zibrato.backends.testing.HttpBackendContract;
import io.zibrato.backends.testing.StubService;
import io.zibrato.meter.Histogram;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/** The contract by remote-write. */
class RemoteWriteTest extends HttpBackendContract {
  private static final SeriesKey KEY = new SeriesKey("a.b", "web1", Map.of("Z", "v"));

  @TempDir Path dir;
  private PrometheusBackend backend;

  @BeforeEach
  void open() {
    backend =
        new PrometheusBackend(
            new PrometheusOptions(
                new Totals.Settings(dir, Duration.ofDays(1), 100_000),
                Optional.empty(),
                Optional.of(URI.create(service.url() + "/api/v1/write")),
                "Basic YTpi",
                Duration.ofSeconds(1),
                1));
  }

  @Override
  protected Backend backend() {
    return backend;
  }

  @Override
  protected boolean countsTwice() {
    return false;
  }

  @Override
  protected int taken() throws Exception {
    Set<String> series = new HashSet<>();
    for (String each : samples()) {
      String labels = each.substring(0, each.lastIndexOf('}') + 1);
      String name = labels.replaceFirst("(?s).*__name__=([A-Za-z0-9_]*).*", "$1");
      boolean ofTimer = name.matches(".*(_seconds_(bucket|sum)|_calls_total)");
      if (!ofTimer) series.add(labels);
    }
    return series.size();
  }

  /** Of a timer, its calls tell how many there were; the histogram has those that were timed. */
  @Override
  protected Optional<List<Double>> takenValues() throws Exception {
    List<Double> values = new ArrayList<>();
    for (String each : samples()) {
      boolean timed = each.matches("(?s).*__name__=[A-Za-z0-9_]*_seconds_(bucket|count|sum)[,}].*");
      String value = each.substring(each.lastIndexOf('}') + 2, each.lastIndexOf('@'));
      if (!timed) values.add(Double.parseDouble(value));
    }
    return Optional.of(values);
  }

  /** What was sent, as {@code {name=value,...} value@millis}. */
  private List<String> samples() throws Exception {
    List<String> all = new ArrayList<>();
    for (StubService.Request request : service.requests()) {
      assertThat(request.path()).isEqualTo("/api/v1/write");
      assertThat(request.header("Content-Encoding")).isEqualTo("snappy");
      assertThat(request.header("Content-Type")).isEqualTo("application/x-protobuf");
      assertThat(request.header("X-Prometheus-Remote-Write-Version")).isEqualTo("0.1.0");
      assertThat(request.authorization()).isEqualTo("Basic YTpi");
      ByteBuffer body = ByteBuffer.wrap(Snappy.uncompress(request.bytes()));
      while (body.hasRemaining()) all.add(series(field(body, 1)));
    }
    return all;
  }

  private static String series(ByteBuffer in) throws CharacterCodingException {
    StringBuilder labels = new StringBuilder();
    String last = "";
    while (in.get(in.position()) == (1 << 3 | 2)) {
      ByteBuffer label = field(in, 1);
      String name = text(field(label, 1));
      assertThat(name).matches("[A-Za-z_][A-Za-z0-9_]*").isGreaterThan(last);
      last = name;
      String value = text(field(label, 2));
      assertThat(value).isNotEmpty();
      labels.append(labels.length() > 0 ? "," : "").append(name).append('=').append(value);
      assertThat(label.hasRemaining()).isFalse();
    }
    ByteBuffer sample = field(in, 2);
    assertThat(in.hasRemaining()).isFalse();
    assertThat(sample.get()).isEqualTo((byte) (1 << 3 | 1));
    double value = sample.order(ByteOrder.LITTLE_ENDIAN).getDouble();
    assertThat(sample.get()).isEqualTo((byte) (2 << 3));
    long millis = varint(sample);
    assertThat(sample.hasRemaining()).isFalse();
    return "{" + labels + "} " + value + '@' + millis;
  }

  private static ByteBuffer field(ByteBuffer in, int number) {
    assertThat(in.get()).isEqualTo((byte) (number << 3 | 2));
    int length = (int) varint(in);
    ByteBuffer field = in.slice(in.position(), length);
    in.position(in.position() + length);
    return field;
  }

  private static String text(ByteBuffer bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte each = in.get();
      value |= (long) (each & 0x7F) << shift;
      if (each >= 0) return value;
    }
  }

  private static Snapshot interval(long id) {
    long end = END_MILLIS + id * 1000;
    return new Snapshot(
        id,
        end - 1000,
        end,
        List.of(new CounterTotal(KEY, 2)),
        List.of(new TimerTotal(KEY, 4, 1_500_000, 9, 9, Histogram.ofOne(1_500_000))),
        List.of(new GaugeValue(KEY, end - 1, id)));
  }

  @Test
  void flush_sendsTotals() throws Exception {
    backend.flush(interval(1));
    int first = samples().size();
    backend.flush(interval(2));

    List<String> second = samples().subList(first, samples().size());
    String end = "@" + (END_MILLIS + 2000);
    assertThat(second)
        .hasSize(first)
        .contains(
            "{Z=v,__name__=a_b_total,source=web1} 4.0" + end,
            "{Z=v,__name__=a_b_calls_total,source=web1} 8.0" + end,
            "{Z=v,__name__=a_b_seconds_bucket,le=0.001048576,source=web1} 0.0" + end,
            "{Z=v,__name__=a_b_seconds_bucket,le=0.002097152,source=web1} 2.0" + end,
            "{Z=v,__name__=a_b_seconds_bucket,le=+Inf,source=web1} 2.0" + end,
            "{Z=v,__name__=a_b_seconds_count,source=web1} 2.0" + end,
            "{Z=v,__name__=a_b_seconds_sum,source=web1} 0.003" + end,
            "{Z=v,__name__=a_b_value,source=web1} 2.0@" + (END_MILLIS + 1999));
  }

  @Test
  void flush_sendsTheSameAgain() throws Exception {
    backend.flush(interval(1));
    List<String> once = samples();
    backend.flush(interval(1));

    assertThat(samples().subList(once.size(), 2 * once.size())).isEqualTo(once);
  }

  @Test
  void whatWasRefused_isInTheNextTotal() throws Exception {
    service.next(400);
    assertThatThrownBy(() -> backend.flush(interval(1))).isInstanceOf(RefusedException.class);
    backend.flush(interval(2));

    assertThat(samples())
        .contains("{Z=v,__name__=a_b_total,source=web1} 4.0@" + (END_MILLIS + 2000));
  }
}
