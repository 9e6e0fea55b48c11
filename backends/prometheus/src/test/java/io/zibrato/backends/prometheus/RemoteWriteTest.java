package io.zibrato.backends.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zibrato.backends.Backend;
import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TakenInPartException;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
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
    backend = create(Duration.ofDays(1), 100_000);
  }

  private PrometheusBackend create(Duration staleAfter, int maxSeries) {
    return new PrometheusBackend(
        new PrometheusOptions(
            new Totals.Settings(dir, staleAfter, maxSeries),
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

  /** Remote-write forbids it for all of 4xx but 429. */
  @Override
  protected boolean isForLater(int status) {
    return status != 408;
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
    long bits = sample.order(ByteOrder.LITTLE_ENDIAN).getLong();
    String value = bits == 0x7ff0000000000002L ? "stale" : "" + Double.longBitsToDouble(bits);
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

  @Test
  void series_beyondTheMostAreToldOf_andTheRestIsSent() throws Exception {
    backend.close();
    backend = create(Duration.ofDays(1), 1);
    CounterTotal other = new CounterTotal(new SeriesKey("other", ""), 1);

    assertThatThrownBy(() -> backend.flush(counters(new CounterTotal(KEY, 3), other)))
        .isInstanceOf(TakenInPartException.class);
    assertThatThrownBy(() -> backend.flush(counters(other)))
        .isInstanceOf(TakenInPartException.class);
    assertThat(samples()).containsExactly("{Z=v,__name__=a_b_total,source=web1} 3.0@" + END_MILLIS);
  }

  @Test
  void flush_honoursRetryAfterOfADate() {
    String inAnHour =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
    service.next(new StubService.Answer(503, "", Map.of("Retry-After", inAnHour), 0));

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend.flush(interval(1)));

    assertThat(e.retryAfter()).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
  }

  /** A series of a counter, a timer and a gauge is silent for two days, which is too long. */
  private List<String> silence() throws Exception {
    backend.flush(interval(1));
    List<String> first = samples();
    backend.flush(other(172_800));
    backend.close();
    backend = create(Duration.ofDays(1), 100_000);
    return first.stream().map(each -> each.substring(0, each.lastIndexOf(' '))).toList();
  }

  private static Snapshot other(long id) {
    long end = END_MILLIS + id * 1000;
    CounterTotal counter = new CounterTotal(new SeriesKey("other", ""), 1);
    return new Snapshot(id, end - 1000, end, List.of(counter), List.of(), List.of());
  }

  @Test
  void stale_isToldOnce() throws Exception {
    List<String> silent = silence();
    int before = samples().size();
    backend.flush(other(172_801));
    backend.flush(other(172_802));

    List<String> sent = samples().subList(before, samples().size());
    String start = "@" + (END_MILLIS + 172_800_000);
    assertThat(sent.subList(0, silent.size()))
        .containsExactlyElementsOf(silent.stream().map(each -> each + " stale" + start).toList());
    assertThat(sent.subList(silent.size(), sent.size()))
        .containsExactly(
            "{__name__=other_total} 2.0@" + (END_MILLIS + 172_801_000),
            "{__name__=other_total} 3.0@" + (END_MILLIS + 172_802_000));
  }

  @Test
  void stale_isToldUntilItIsHeard() throws Exception {
    List<String> silent = silence();
    service.next(503);
    assertThatThrownBy(() -> backend.flush(other(172_801))).isInstanceOf(RetryException.class);
    backend.close();
    backend = create(Duration.ofDays(1), 100_000);
    int before = samples().size();
    backend.flush(other(172_801));

    assertThat(samples().subList(before, samples().size())).hasSize(silent.size() + 1);
    assertThat(samples().get(before)).contains(" stale@");
  }

  /** As of one that was silent for longer than the receiver takes samples for. */
  @Test
  void stale_thatIsRefusedHoldsNothingUp() throws Exception {
    silence();
    service.next(400);
    backend.flush(other(172_801));
    int before = samples().size();
    backend.flush(other(172_802));

    assertThat(samples().subList(before, samples().size()))
        .containsExactly("{__name__=other_total} 3.0@" + (END_MILLIS + 172_802_000));
  }

  @Test
  void stale_beginsAnewAfterItsEnd() throws Exception {
    silence();
    backend.flush(interval(172_801));

    assertThat(samples())
        .containsSubsequence(
            "{Z=v,__name__=a_b_total,source=web1} stale@" + (END_MILLIS + 172_800_000),
            "{Z=v,__name__=a_b_total,source=web1} 2.0@" + (END_MILLIS + 172_801_000));
  }
}
