package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Histogram;
import io.zibrato.meter.LossCause;
import io.zibrato.meter.Meter;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.meter.Timer;
import io.zibrato.wire.Frame;
import io.zibrato.wire.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameRoundsTest {
  private final Instance instance = Instance.now();
  private final Meters meters = new Meters("s", 100_000, level -> false, 1 << 16);
  private final FakeOutlet outlet = new FakeOutlet();
  private long nanos = TimeUnit.DAYS.toNanos(-1);
  private final FrameRounds rounds =
      new FrameRounds("info", instance, meters.losses(), 30_000, () -> nanos);

  @Test
  void round_thatIsTheFirstIsFull() {
    Counter hits = counter("hits");
    counter("idle");
    hits.increment(3);

    Frame frame = onlyFrame();

    assertThat(frame.full()).isTrue();
    assertThat(frame.last()).isFalse();
    assertThat(frame.level()).isEqualTo("info");
    assertThat(frame.instance()).isEqualTo(instance.id());
    assertThat(frame.startedMillis()).isEqualTo(instance.startedMillis());
    assertThat(frame.sequence()).isEqualTo(1);
    assertThat(frame.parts()).isEqualTo(1);
    assertThat(frame.definitions())
        .extracting(d -> d.series().name())
        .containsExactly("hits", "idle");
    assertThat(frame.counters())
        .containsExactly(new Frame.CounterValue(0, 3), new Frame.CounterValue(1, 0));
  }

  @Test
  void round_holdsOnlyWhatChanged() {
    Counter a = counter("a");
    Counter b = counter("b");
    Timer t = timer("t");
    t.record(5);
    onlyFrame();

    assertThat(published()).isEmpty();

    a.increment();
    assertThat(onlyFrame().counters()).containsExactly(new Frame.CounterValue(a.id(), 1));
    b.increment(2);
    t.record(7);
    Frame frame = onlyFrame();

    assertThat(frame.full()).isFalse();
    assertThat(frame.definitions()).isEmpty();
    assertThat(frame.counters()).containsExactly(new Frame.CounterValue(b.id(), 2));
    assertThat(frame.timers())
        .containsExactly(
            new Frame.TimerValue(t.id(), 2, 12, 7, 7, Histogram.ofOne(5).plus(Histogram.ofOne(7))));
    assertThat(frame.sequence()).isEqualTo(3);
  }

  @Test
  void definitions_areRepeatedUntilAFullRoundWentOut() {
    counter("a");
    onlyFrame();
    Counter later = counter("later");

    for (int i = 0; i < 3; i++) {
      later.increment();
      assertThat(onlyFrame().definitions()).extracting(d -> d.id()).containsExactly(later.id());
    }
    pass(60);
    assertThat(onlyFrame().definitions()).hasSize(2);
    later.increment();

    assertThat(onlyFrame().definitions()).isEmpty();
  }

  @Test
  void definitions_ifManyCallForAFullRound() {
    counter("a");
    onlyFrame();
    for (int i = 0; i < 101; i++) counter("c" + i).increment();

    assertThat(onlyFrame().full()).isFalse();
    pass(5);

    Frame frame = onlyFrame();
    assertThat(frame.full()).isTrue();
    assertThat(frame.definitions()).hasSize(102);
  }

  @Test
  void full_isSentEachMinute() {
    counter("a");
    onlyFrame();

    pass(59);
    assertThat(published()).isEmpty();
    pass(1);

    assertThat(onlyFrame().full()).isTrue();
  }

  @Test
  void full_isSentWhenAskedButNotMoreThanEachFiveSeconds() {
    Counter counter = counter("a");
    onlyFrame();

    int full = 0;
    for (int second = 1; second <= 20; second++) {
      pass(1);
      counter.increment();
      rounds.fullRound();
      if (onlyFrame().full()) full++;
    }

    assertThat(full).isEqualTo(4);
  }

  @Test
  void gauges_areInThreeFrames() {
    Gauge gauge = gauge("g");
    onlyFrame();

    rounds.add(gauge, 1_000, 1.5);
    rounds.add(gauge, 2_000, 2.5);
    Frame.GaugeWindow first =
        new Frame.GaugeWindow(
            1,
            List.of(
                new Frame.GaugeValue(gauge.id(), 1_000, 1.5),
                new Frame.GaugeValue(gauge.id(), 2_000, 2.5)));
    assertThat(onlyFrame().gauges()).containsExactly(first);

    rounds.add(gauge, 3_000, 3.5);
    Frame.GaugeWindow second =
        new Frame.GaugeWindow(2, List.of(new Frame.GaugeValue(gauge.id(), 3_000, 3.5)));
    assertThat(onlyFrame().gauges()).containsExactly(first, second);
    assertThat(onlyFrame().gauges()).containsExactly(first, second);
    assertThat(onlyFrame().gauges()).containsExactly(second);
    assertThat(published()).isEmpty();
  }

  @Test
  void gauges_thatFindNoRoomAreKeptInOrderWithinTheirBound() throws Exception {
    Gauge gauge = gauge("g");
    onlyFrame();
    outlet.room = 0;

    int kept = 0;
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 5_000; i++) if (rounds.add(gauge, kept, kept)) kept++;
      assertThat(rounds.publish(outlet, false)).isFalse();
    }
    assertThat(kept).isBetween(30_000, 30_000 + 8_192);
    outlet.room = Integer.MAX_VALUE;
    Map<Long, List<Frame.GaugeValue>> windows = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      assertThat(rounds.publish(outlet, false)).isTrue();
      for (byte[] message : outlet.messages) {
        assertThat(message.length).isLessThan(Message.MAX_BYTES);
      }
      for (Frame frame : outlet.takeFrames()) {
        for (Frame.GaugeWindow window : frame.gauges())
          windows.put(window.window(), window.values());
      }
    }

    List<Long> times = new ArrayList<>();
    windows.keySet().stream()
        .sorted()
        .forEach(window -> windows.get(window).forEach(value -> times.add(value.epochMillis())));
    assertThat(times).hasSize(kept).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void gauges_thatOutliveManyLinksAreSentInAFewWindows() {
    Gauge gauge = gauge("g");
    onlyFrame();
    outlet.room = 0;
    for (int i = 0; i < 20; i++) {
      rounds.add(gauge, i, i);
      rounds.publish(outlet, false);
      rounds.connected();
    }
    outlet.room = Integer.MAX_VALUE;

    List<Frame> frames = published();
    frames = new ArrayList<>(frames);
    frames.addAll(published());

    assertThat(frames).allMatch(frame -> frame.gauges().size() <= 3);
    assertThat(frames.get(1).gauges().stream().mapToInt(window -> window.values().size()).sum())
        .isEqualTo(20);
  }

  @Test
  void refusedFrame_isSentLaterWithoutAGap() {
    Counter counter = counter("a");
    Timer timer = timer("t");
    onlyFrame();
    outlet.room = 0;
    counter.increment();
    timer.record(9);
    assertThat(rounds.publish(outlet, false)).isFalse();
    counter.increment();
    timer.record(20);
    timer.record(4);
    assertThat(rounds.publish(outlet, false)).isFalse();
    outlet.room = Integer.MAX_VALUE;

    List<Frame> frames = published();

    assertThat(frames).extracting(Frame::sequence).containsExactly(2L, 3L);
    Frame last = frames.get(1);
    assertThat(last.counters()).containsExactly(new Frame.CounterValue(counter.id(), 2));
    assertThat(last.timers().get(0).count()).isEqualTo(3);
    assertThat(last.timers().get(0).leastNanos()).isEqualTo(4);
    assertThat(last.timers().get(0).mostNanos()).isEqualTo(20);
    assertThat(published()).isEmpty();
  }

  @Test
  void newLink_getsAFullRoundAtOnce() {
    counter("c").increment();
    assertThat(published()).allMatch(Frame::full);

    rounds.connected();

    assertThat(published()).hasSize(1).allMatch(Frame::full);
    assertThat(published()).isEmpty();
  }

  @Test
  void refusedRound_isBegunAnewOverANewLink() {
    for (int i = 0; i < 3_000; i++) counter("c" + i + "x".repeat(240)).increment();
    outlet.room = 2;
    assertThat(rounds.publish(outlet, false)).isFalse();
    outlet.takeFrames();

    rounds.connected();
    outlet.room = Integer.MAX_VALUE;
    List<Frame> frames = published();

    assertThat(frames.get(0).part()).isZero();
    assertThat(frames.get(0).sequence()).isEqualTo(3);
    assertThat(frames).allMatch(Frame::full);
    assertThat(frames.stream().mapToInt(frame -> frame.definitions().size()).sum())
        .isEqualTo(3_000);
  }

  @Test
  void round_ofManySeriesIsSpreadOverFrames() {
    for (int i = 0; i < 10_000; i++) {
      Series series =
          new Series(
              "info",
              SeriesType.COUNTER,
              "€".repeat(250) + i,
              "s".repeat(255),
              Map.of("k" + "é".repeat(100), "v".repeat(100)));
      Counter counter = meters.counter(series);
      rounds.add(counter);
      counter.increment(i);
    }

    assertThat(rounds.publish(outlet, false)).isTrue();
    for (byte[] message : outlet.messages) {
      assertThat(message.length).isLessThan(Message.MAX_BYTES);
    }
    List<Frame> frames = outlet.takeFrames();
    assertThat(frames).hasSizeGreaterThan(10);
    Map<Integer, Series> definitions = new HashMap<>();
    Map<Integer, Long> sums = new HashMap<>();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      assertThat(frame.part()).isEqualTo(i);
      assertThat(frame.parts()).isEqualTo(frames.size());
      assertThat(frame.sequence()).isEqualTo(i + 1);
      assertThat(frame.full()).isTrue();
      frame.definitions().forEach(d -> definitions.put(d.id(), d.series()));
      frame.counters().forEach(c -> sums.put(c.id(), c.sum()));
    }
    assertThat(definitions).hasSize(10_000);
    for (Meter meter : meters.from(0)) {
      assertThat(definitions.get(meter.id())).isEqualTo(meter.series());
      assertThat(sums.get(meter.id())).isEqualTo(((Counter) meter).sum());
    }
  }

  @Test
  void round_ofWideTimersIsSpreadOverFrames() {
    for (int i = 0; i < 200; i++) {
      Timer timer = timer("t" + i);
      for (int bit = 0; bit < 63; bit++) {
        for (int k = 0; k < 16; k++) timer.record((1L << bit) + ((long) k << Math.max(0, bit - 4)));
      }
    }

    rounds.publish(outlet, false);
    for (byte[] message : outlet.messages) {
      assertThat(message.length).isLessThan(Message.MAX_BYTES);
    }
    List<Frame> frames = outlet.takeFrames();
    assertThat(frames).hasSizeGreaterThan(2);
    assertThat(frames.stream().mapToInt(frame -> frame.timers().size()).sum()).isEqualTo(200);
  }

  @Test
  void losses_areInEveryFrameAndSentWhenTheyRise() {
    counter("a");
    assertThat(onlyFrame().lost()).isEmpty();
    meters.losses().add(LossCause.NOT_FINITE, 2);

    assertThat(onlyFrame().lost()).isEqualTo(Map.of("not-finite", 2L));
    assertThat(published()).isEmpty();
  }

  @Test
  void last_isFlaggedAndFull() {
    counter("a").increment();
    counter("b").increment();
    onlyFrame();
    assertThat(rounds.publish(outlet, true)).isTrue();

    Frame last = outlet.takeFrames().get(0);

    assertThat(last.last()).isTrue();
    assertThat(last.full()).isTrue();
    assertThat(last.counters()).hasSize(2);
  }

  @Test
  void round_withoutMetersIsNone() {
    assertThat(rounds.publish(outlet, true)).isTrue();
    assertThat(outlet.messages).isEmpty();
  }

  private Counter counter(String name) {
    return added(meters.counter(new Series("info", SeriesType.COUNTER, name, "s")));
  }

  private Timer timer(String name) {
    return added(meters.timer(new Series("info", SeriesType.TIMER, name, "s")));
  }

  private Gauge gauge(String name) {
    return added(meters.gauge(new Series("info", SeriesType.GAUGE, name, "s")));
  }

  private <M extends Meter> M added(M meter) {
    rounds.add(meter);
    return meter;
  }

  private void pass(long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
  }

  private List<Frame> published() {
    assertThat(rounds.publish(outlet, false)).isTrue();
    return outlet.takeFrames();
  }

  private Frame onlyFrame() {
    List<Frame> frames = published();
    assertThat(frames).hasSize(1);
    return frames.get(0);
  }
}
