package io.zibrato.backends.librato;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.Measurement;
import io.zibrato.backends.Memory;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TimerTotal;
import io.zibrato.backends.librato.LibratoNames.Name;
import io.zibrato.meter.Histogram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibratoNamesTest {
  private static final int DAY = 20_000;

  /** The worker's state: it outlives the names' process. */
  private final Map<ByteBuffer, byte[]> state = new HashMap<>();

  private LibratoNames names = new LibratoNames("", List.of());

  @ParameterizedTest
  @CsvSource({
    "plain.name:1_2-3, '', plain.name:1_2-3, ''",
    "AZaz09.:-_, AZaz09.:-_, AZaz09.:-_, AZaz09.:-_",
    "'a b', 'c|d', a-b, c-d",
    "a/b, c;d, a-b, c-d",
    "'a \n|b', '', a-b, ''",
    "'äöü', '', -, ''",
    "'', s, -, s"
  })
  void name_hasLibratosAlphabet(String name, String source, String libratoName, String at) {
    assertThat(counter(name, source)).isEqualTo(new Name(libratoName, at));
  }

  @Test
  void name_isCut() {
    Name name = counter("n".repeat(300), "s".repeat(300));

    assertThat(name.name()).hasSize(255);
    assertThat(name.source()).hasSize(255);
    SeriesKey other = new SeriesKey("n".repeat(300), "other");
    assertThat(names.ofPercentile("50", other, DAY).name()).hasSize(255).endsWith("n.p50");
  }

  @Test
  void name_thatIsCutIsStillToldApart() {
    String almost = "n".repeat(254);
    Name first = counter(almost + "n1", "");
    Name second = counter(almost + "n2", "");

    assertThat(first.name()).isEqualTo(almost + "n");
    assertThat(second.name()).hasSize(255).matches("n{242}-[0-9a-f]{12}");
  }

  @Test
  void name_hasThePrefix() {
    names = new LibratoNames("prod", List.of());

    assertThat(counter("n", "").name()).isEqualTo("prod.n");
  }

  @Test
  void source_holdsTheTags() {
    Map<String, String> tags = Map.of("b", "2", "a", "1 x");

    assertThat(names.of("counter", new SeriesKey("n", "s", tags), DAY).source())
        .isEqualTo("s.a-1-x.b-2");
    assertThat(names.of("counter", new SeriesKey("n", "", tags), DAY).source())
        .isEqualTo("a-1-x.b-2");
  }

  @Test
  void name_tellsSeriesApart() {
    assertThat(counter("a b", "").name()).isEqualTo("a-b");
    Name other = counter("a|b", "");

    assertThat(other.name()).matches("a-b-[0-9a-f]{12}");
    assertThat(counter("a|b", "")).isEqualTo(other);
    assertThat(counter("a b", "").name()).isEqualTo("a-b");
    assertThat(counter("A-B", "").name()).matches("A-B-.{12}");
    assertThat(counter("a-b", "elsewhere").name()).isEqualTo("a-b");
  }

  @Test
  void name_tellsKindsApart() {
    SeriesKey key = new SeriesKey("n", "s");

    assertThat(names.of("counter", key, DAY).name()).isEqualTo("n");
    assertThat(names.of("timer", key, DAY).name()).isEqualTo("n.timer");
    assertThat(names.of("gauge", key, DAY).name()).isEqualTo("n.gauge");
    assertThat(counter("n.timer", "s").name()).matches("n.timer-.{12}");
    assertThat(names.ofPercentile("50", key, DAY).name()).isEqualTo("n.p50");
  }

  @Test
  void percentile_isToldApartAsItsTimerIs() {
    SeriesKey key = new SeriesKey("n", "s");
    counter("n.p50", "s");

    assertThat(names.ofPercentile("50", key, DAY).name()).matches("n-[0-9a-f]{12}\\.p50");
  }

  /** Whoever makes up the name that another would get with its hash only changes it once more. */
  @Test
  void name_withAHashMayBeTakenToo() {
    counter("a", "");
    String hashed = counter("A", "").name();
    names = new LibratoNames("", List.of());
    counter(hashed, "");
    counter("a", "");

    assertThat(counter("A", "").name()).matches("A-[0-9a-f]{32}").startsWith(hashed);
  }

  /** After a restart the other of the two is the first to come. */
  @Test
  void restart_changesNoName() throws Exception {
    SeriesKey key = new SeriesKey("n", "s");
    close(timer(key));
    close(counterOf(key));
    assertThat(names.of("timer", key, DAY).name()).isEqualTo("n");
    assertThat(names.of("counter", key, DAY).name()).isEqualTo("n.counter");

    restart();
    close(counterOf(key));
    assertThat(names.of("counter", key, DAY).name()).isEqualTo("n.counter");
    restart();
    assertThat(names.of("gauge", key, DAY).name()).isEqualTo("n.gauge");
    assertThat(names.of("counter", key, DAY).name()).isEqualTo("n.counter");
    assertThat(names.of("timer", key, DAY).name()).isEqualTo("n");
  }

  @Test
  void restart_changesNoneOfManyNames() throws Exception {
    Random random = new Random(5);
    List<Measurement> all = new ArrayList<>();
    for (String name : List.of("a", "A", "a b", "a-b", "a|b", "n".repeat(255), "n".repeat(256))) {
      for (String source : List.of("", "s", "s.k-v")) {
        for (Map<String, String> tags : List.of(Map.<String, String>of(), Map.of("k", "v"))) {
          SeriesKey key = new SeriesKey(name, source, tags);
          all.addAll(List.of(counterOf(key), timer(key), new GaugeValue(key, 0, 1)));
        }
      }
    }
    Map<Measurement, Name> first = null;
    for (int run = 0; run < 5; run++) {
      Collections.shuffle(all, random);
      for (int from = 0; from < all.size(); from += 10) {
        close(all.subList(from, Math.min(all.size(), from + 10)).toArray(Measurement[]::new));
      }
      Map<Measurement, Name> now = new HashMap<>();
      Set<String> distinct = new HashSet<>();
      for (Measurement each : all) {
        Name name = names.of(kind(each), each.key(), DAY);
        now.put(each, name);
        distinct.add(name.name().toLowerCase(Locale.ROOT) + ' ' + name.source());
      }
      assertThat(distinct).hasSameSizeAs(all);
      if (first == null) first = now;
      assertThat(now).isEqualTo(first);
      restart();
    }
  }

  /** Without the state, at another worker too: those of one interval do not race. */
  @Test
  void interval_decidesWhateverTheOrder() throws Exception {
    SeriesKey key = new SeriesKey("n", "s");
    SeriesKey changed = new SeriesKey("n", "s ");
    List<Measurement> all = new ArrayList<>();
    all.add(counterOf(changed));
    for (SeriesKey each : List.of(key, new SeriesKey("N", "s"))) {
      all.addAll(List.of(new GaugeValue(each, 0, 1), timer(each), counterOf(each)));
    }
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(all, new Random(seed));
      names = new LibratoNames("", List.of());
      close(all.toArray(Measurement[]::new));

      assertThat(names.of("counter", new SeriesKey("N", "s"), DAY).name()).isEqualTo("N");
      assertThat(names.of("gauge", new SeriesKey("N", "s"), DAY).name()).isEqualTo("N.gauge");
      assertThat(names.of("timer", new SeriesKey("N", "s"), DAY).name()).isEqualTo("N.timer");
      assertThat(names.of("counter", key, DAY).name()).matches("n-[0-9a-f]{12}");
      assertThat(names.of("counter", changed, DAY).name()).isEqualTo("n");
    }
  }

  /** A kill before the interval is kept: nothing of it was delivered. */
  @Test
  void names_areSavedOnceAndAgainWhereTheDiskTookNothing() throws Exception {
    SeriesKey key = new SeriesKey("n", "s");
    names.closed(snapshot(DAY, counterOf(key)));
    names.save(new Taking(new HashMap<>()));
    names.of("timer", key, DAY); // meanwhile, by the delivering thread
    int kept = save();

    assertThat(kept).isEqualTo(2);
    assertThat(save()).isZero();
    close(counterOf(key), timer(key));
    assertThat(save()).isZero();
  }

  @Test
  void names_thatCameBetweenSaveAndSavedAreSavedNext() throws Exception {
    names.closed(snapshot(DAY, counterOf(new SeriesKey("a", ""))));
    names.save(new Taking(state));
    counter("b", "");
    names.saved();

    assertThat(save()).isEqualTo(1);
  }

  @Test
  void names_thatNobodyUsesMakeRoom() throws Exception {
    NameClaims claims = new NameClaims(10);
    names = new LibratoNames("", List.of(), claims);
    for (int i = 0; i < 10; i++) close(counterOf(new SeriesKey("old" + i, "")));
    int later = DAY + NameClaims.UNUSED_DAYS + 1;
    names.closed(snapshot(later, counterOf(new SeriesKey("old3", ""))));
    names.closed(snapshot(later, counterOf(new SeriesKey("new", ""))));
    save();

    assertThat(names.of("counter", new SeriesKey("new", ""), later).name()).isEqualTo("new");
    assertThat(names.of("timer", new SeriesKey("old3", ""), later).name()).isEqualTo("old3.timer");
    assertThat(claims.size()).isEqualTo(10);
    save();
    assertThat(state).hasSize(10);
  }

  @Test
  void name_isToldByItsHashWhereThereIsNoRoom() throws Exception {
    names = new LibratoNames("", List.of(), new NameClaims(2));
    close(counterOf(new SeriesKey("a", "")), counterOf(new SeriesKey("b", "")));

    Name name = counter("c", "");
    assertThat(name.name()).matches("c-[0-9a-f]{12}");
    assertThat(counter("a", "").name()).isEqualTo("a");
    save();
    names = new LibratoNames("", List.of(), new NameClaims(2));
    state.forEach((key, value) -> names.recall(key.array(), value));
    assertThat(counter("c", "")).isEqualTo(name);
  }

  @Test
  void interval_ofMoreThanThereIsRoomFor() throws Exception {
    NameClaims claims = new NameClaims(3);
    names = new LibratoNames("", List.of(), claims);
    List<Measurement> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) all.add(counterOf(new SeriesKey("n" + i, "")));
    close(all.toArray(Measurement[]::new));

    Set<Name> distinct = new HashSet<>();
    for (Measurement each : all) distinct.add(names.of("counter", each.key(), DAY));
    assertThat(distinct).hasSize(10);
    assertThat(distinct.stream().filter(each -> each.name().matches("n[0-9]"))).hasSize(3);
    assertThat(claims.size()).isEqualTo(3);
  }

  @Test
  void memory_isBoundedByTheHeap() {
    assertThat(NameClaims.mostIn(64L << 20)).isEqualTo((4 << 20) / NameClaims.BYTES_EACH);
    assertThat(NameClaims.mostIn(Long.MAX_VALUE)).isEqualTo(NameClaims.MOST);
    assertThat((long) NameClaims.MOST * NameClaims.BYTES_EACH).isLessThanOrEqualTo(32 << 20);
  }

  @Test
  void memory_leavesOutWhatIsNoneOfOurs() {
    names.recall(new byte[3], new byte[28]);
    names.recall(new byte[16], new byte[27]);

    assertThat(counter("n", "").name()).isEqualTo("n");
  }

  private Name counter(String name, String source) {
    return names.of("counter", new SeriesKey(name, source), DAY);
  }

  private static CounterTotal counterOf(SeriesKey key) {
    return new CounterTotal(key, 1);
  }

  private static TimerTotal timer(SeriesKey key) {
    return new TimerTotal(key, 1, 5, 5, 5, Histogram.ofOne(5));
  }

  private static String kind(Measurement measurement) {
    if (measurement instanceof CounterTotal) return "counter";
    return measurement instanceof TimerTotal ? "timer" : "gauge";
  }

  private void close(Measurement... interval) throws IOException {
    names.closed(snapshot(DAY, interval));
    save();
  }

  private void restart() {
    names = new LibratoNames("", List.of());
    state.forEach((key, value) -> names.recall(key.array(), value));
  }

  /** As a worker's transaction; returns how many rows it writes. */
  private int save() throws IOException {
    Taking taking = new Taking(state);
    names.save(taking);
    names.saved();
    return taking.rows;
  }

  private static final class Taking implements Memory.Sink {
    private final Map<ByteBuffer, byte[]> into;
    private int rows;

    Taking(Map<ByteBuffer, byte[]> into) {
      this.into = into;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      into.put(ByteBuffer.wrap(key), value);
      rows++;
    }

    @Override
    public void remove(byte[] key) {
      into.remove(ByteBuffer.wrap(key));
      rows++;
    }
  }

  private static Snapshot snapshot(int day, Measurement... measurements) {
    List<CounterTotal> counters = new ArrayList<>();
    List<TimerTotal> timers = new ArrayList<>();
    List<GaugeValue> gauges = new ArrayList<>();
    for (Measurement each : measurements) {
      if (each instanceof CounterTotal counter) counters.add(counter);
      if (each instanceof TimerTotal timer) timers.add(timer);
      if (each instanceof GaugeValue gauge) gauges.add(gauge);
    }
    return new Snapshot(1, 0, day * 86_400_000L, counters, timers, gauges);
  }
}
