package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zibrato.backends.testing.FrameBuilder;
import io.zibrato.meter.Histogram;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long BEGAN = 1_700_000_000_000L;
  private static final UUID APP = new UUID(1, 1);

  private final LossTally losses = new LossTally();
  private final Ledger ledger = new Ledger(BEGAN, losses);
  private final List<Measurement> booked = new ArrayList<>();
  private long nowNanos = 1;
  private long startedMillis = BEGAN;

  @Test
  void book_countsFromZeroWhatStartedLater() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5));
    book(frame(2).counter(0, 7));

    assertThat(sums()).containsExactly(5L, 2L);
  }

  @Test
  void book_ignoresDuplicatesAndOldFrames() {
    FrameBuilder first = frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5);
    FrameBuilder second = frame(2).counter(0, 7);
    book(first);
    book(second);
    book(second);
    book(first);

    assertThat(sums()).containsExactly(5L, 2L);
    assertThat(losses.byCause()).isEmpty();
  }

  @Test
  void book_takesFromALateFrameWhatNoLaterOneCarried() {
    book(
        frame(1)
            .full()
            .define(0, SeriesType.COUNTER, "a")
            .define(1, SeriesType.COUNTER, "b")
            .counter(0, 1)
            .counter(1, 1));
    book(frame(3).counter(0, 9));
    book(frame(2).counter(0, 4).counter(1, 6));

    assertThat(sums()).containsExactly(1L, 1L, 8L, 5L);
  }

  /** Whatever is dropped, doubled and reordered, the full frame at the end makes it whole. */
  @Test
  void book_isExactAfterAnyDisorder() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Ledger ledger = new Ledger(BEGAN, losses);
      Interval interval = new Interval(0, losses);
      List<Frame> frames = new ArrayList<>();
      long a = 0;
      long b = 0;
      for (int sequence = 1; sequence <= 30; sequence++) {
        FrameBuilder frame = frame(sequence);
        if (sequence == 1 || sequence == 30 || random.nextInt(8) == 0) {
          frame.full().define(0, SeriesType.COUNTER, "a").define(1, SeriesType.COUNTER, "b");
          frame.counter(0, a += random.nextInt(3)).counter(1, b += random.nextInt(3));
        } else if (random.nextBoolean()) {
          frame.counter(0, a += random.nextInt(100));
        } else {
          frame.counter(1, b += random.nextInt(100));
        }
        int copies = sequence == 30 ? 1 : random.nextInt(3);
        for (int i = 0; i < copies; i++) frames.add(frame.build());
      }
      Collections.shuffle(frames, random);

      for (Frame frame : frames) ledger.book(frame, nowNanos, interval::add);

      Map<String, Long> sums = new TreeMap<>();
      for (CounterTotal total : interval.close(1).counters()) {
        sums.put(total.key().name(), total.sum());
      }
      assertThat(sums.getOrDefault("a", 0L)).as("a of seed %s", seed).isEqualTo(a);
      assertThat(sums.getOrDefault("b", 0L)).as("b of seed %s", seed).isEqualTo(b);
    }
  }

  @Test
  void book_takesTheFirstValueOfAnOlderInstanceAsItsStart() {
    startedMillis = BEGAN - 1;
    book(frame(50).full().define(0, SeriesType.COUNTER, "c").counter(0, 1000));
    book(frame(51).counter(0, 1003));

    assertThat(sums()).containsExactly(3L);
  }

  @Test
  void book_countsFromZeroWhereTheFirstFrameIsHeard() {
    startedMillis = BEGAN - 3_600_000; // by a clock that is behind
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 1000));
    book(frame(2).counter(0, 1003));

    assertThat(sums()).containsExactly(1000L, 3L);
  }

  @Test
  void book_countsNewSeriesOfAnOlderInstanceFromZero() {
    startedMillis = BEGAN - 1;
    book(frame(50).full().define(0, SeriesType.COUNTER, "c").counter(0, 1000));
    book(frame(51).define(1, SeriesType.COUNTER, "new").counter(1, 4));

    assertThat(sums()).containsExactly(4L);
  }

  @Test
  void book_waitsForAllPartsOfAnOlderInstancesFullRound() {
    startedMillis = BEGAN - 1;
    book(frame(50).full().part(0, 2).define(0, SeriesType.COUNTER, "a").counter(0, 1000));
    book(frame(51).full().part(1, 2).define(1, SeriesType.COUNTER, "b").counter(1, 1000));
    book(frame(52).define(2, SeriesType.COUNTER, "c").counter(2, 4));

    assertThat(sums()).containsExactly(4L);
  }

  @Test
  void book_doesNotTakePartsOfTwoRoundsForOne() {
    startedMillis = BEGAN - 1;
    book(frame(50).full().part(0, 2).define(0, SeriesType.COUNTER, "a").counter(0, 1000));
    book(frame(53).full().part(1, 2).define(1, SeriesType.COUNTER, "b").counter(1, 1000));
    book(frame(54).define(2, SeriesType.COUNTER, "c").counter(2, 4));

    assertThat(sums()).isEmpty();
  }

  @Test
  void book_asksWhenAnInstanceIsMetHalfway() {
    assertThat(book(frame(7).counter(0, 1))).isTrue();
    assertThat(booked).isEmpty();
  }

  @Test
  void book_doesNotAskWhenAllIsThere() {
    assertThat(book(frame(7).full().define(0, SeriesType.COUNTER, "c").counter(0, 1))).isFalse();
    assertThat(book(frame(8).counter(0, 2))).isFalse();
  }

  @Test
  void book_asksOnAGapAtMostOnceInFiveSeconds() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 1));

    assertThat(book(frame(3).counter(0, 2))).isTrue();
    assertThat(book(frame(4).counter(0, 3))).isFalse();
    after(Duration.ofSeconds(5));
    assertThat(book(frame(5).counter(0, 4))).isTrue();
    book(frame(6).full().define(0, SeriesType.COUNTER, "c").counter(0, 4));
    after(Duration.ofSeconds(5));
    assertThat(book(frame(7).counter(0, 5))).isFalse();
    assertThat(sums()).containsExactly(1L, 1L, 1L, 1L, 1L);
  }

  @Test
  void book_closesAGapWithAFullRound() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 1));

    assertThat(book(frame(5).full().define(0, SeriesType.COUNTER, "c").counter(0, 2))).isFalse();
  }

  @Test
  void book_asksWhenAPartOfAFullRoundIsMissing() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 1));

    assertThat(book(frame(3).full().part(1, 2).counter(0, 2))).isTrue();
  }

  @Test
  void book_asksForUnknownIds() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 1));

    assertThat(book(frame(2).counter(9, 5))).isTrue();
    book(frame(3).full().define(9, SeriesType.COUNTER, "d").counter(9, 6));
    assertThat(sums()).containsExactly(1L, 6L);
  }

  @Test
  void book_ignoresDecreases() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 9));
    book(frame(2).counter(0, 3));
    book(frame(3).counter(0, 10));

    assertThat(sums()).containsExactly(9L, 1L);
    assertThat(losses.count(Loss.DECREASED)).isEqualTo(1);
  }

  @Test
  void book_ignoresValuesOfAnotherType() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").timer(0, 5).counter(0, 1));
    book(frame(2).define(0, SeriesType.TIMER, "t").counter(0, 2));

    assertThat(sums()).containsExactly(1L, 1L);
    assertThat(losses.count(Loss.WRONG_TYPE)).isEqualTo(2);
  }

  @Test
  void book_keepsLevelsAndInstancesApart() {
    UUID other = new UUID(2, 2);
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 1));
    book(
        new FrameBuilder("debug", APP, BEGAN, 1)
            .full()
            .define(0, SeriesType.COUNTER, "d")
            .counter(0, 2));
    book(
        new FrameBuilder("info", other, BEGAN, 1)
            .full()
            .define(0, SeriesType.COUNTER, "c")
            .counter(0, 4));

    assertThat(sums()).containsExactly(1L, 2L, 4L);
    assertThat(ledger.instances()).isEqualTo(2);
    assertThat(ledger.series()).isEqualTo(3);
  }

  @Test
  void book_differencesTimers() {
    book(frame(1).full().define(0, SeriesType.TIMER, "t").timer(0, 100, 200));
    Histogram three = Histogram.ofOne(100).plus(Histogram.ofOne(200)).plus(Histogram.ofOne(400));
    book(frame(2).timer(new Frame.TimerValue(0, 3, 700, 400, 400, three)));

    TimerTotal first = (TimerTotal) booked.get(0);
    TimerTotal second = (TimerTotal) booked.get(1);
    assertThat(first.count()).isEqualTo(2);
    assertThat(first.leastNanos()).isEqualTo(100);
    assertThat(second)
        .isEqualTo(new TimerTotal(first.key(), 1, 400, 400, 400, Histogram.ofOne(400)));
    assertThat(booked).hasSize(2);
  }

  @Test
  void book_widensTheWindowToWhatALostFrameHeld() {
    Histogram three = Histogram.ofOne(100).plus(Histogram.ofOne(200)).plus(Histogram.ofOne(1000));
    book(
        frame(1)
            .full()
            .define(0, SeriesType.TIMER, "t")
            .timer(new Frame.TimerValue(0, 3, 1300, 200, 200, three)));

    TimerTotal timer = (TimerTotal) booked.get(0);
    assertThat(timer.leastNanos()).isBetween(96L, 100L);
    assertThat(timer.mostNanos()).isBetween(1000L, 1045L);
  }

  @Test
  void book_countsSampledCalls() {
    book(
        frame(1)
            .full()
            .define(0, SeriesType.TIMER, "t")
            .timer(new Frame.TimerValue(0, 64, 100, 100, 100, Histogram.ofOne(100))));

    TimerTotal timer = (TimerTotal) booked.get(0);
    assertThat(timer.count()).isEqualTo(64);
    assertThat(timer.timed()).isEqualTo(1);
  }

  @Test
  void book_holdsASumBackUntilItsCountGrows() {
    book(frame(1).full().define(0, SeriesType.TIMER, "t").timer(0, 100));
    book(frame(2).timer(new Frame.TimerValue(0, 1, 150, 0, 0, Histogram.ofOne(100))));
    Histogram two = Histogram.ofOne(100).plus(Histogram.ofOne(100));
    book(frame(3).timer(new Frame.TimerValue(0, 2, 250, 100, 100, two)));

    assertThat(booked).hasSize(2);
    assertThat(((TimerTotal) booked.get(1)).sumNanos()).isEqualTo(150);
  }

  @Test
  void book_takesEachGaugeWindowOnce() {
    book(
        frame(1)
            .full()
            .define(0, SeriesType.GAUGE, "g")
            .gauges(1, new Frame.GaugeValue(0, BEGAN, 1.5)));
    book(
        frame(2)
            .gauges(1, new Frame.GaugeValue(0, BEGAN, 1.5))
            .gauges(2, new Frame.GaugeValue(0, BEGAN, 2.5), new Frame.GaugeValue(0, BEGAN, 3.5)));

    assertThat(values()).containsExactly(1.5, 2.5, 3.5);
  }

  @Test
  void book_waitsWithAWindowForTheDefinition() {
    book(frame(1).full().define(0, SeriesType.GAUGE, "g"));
    Frame.GaugeValue known = new Frame.GaugeValue(0, BEGAN, 1);
    Frame.GaugeValue unknown = new Frame.GaugeValue(1, BEGAN, 2);

    assertThat(book(frame(2).gauges(1, known, unknown))).isTrue();
    assertThat(values()).isEmpty();
    book(
        frame(3)
            .full()
            .define(0, SeriesType.GAUGE, "g")
            .define(1, SeriesType.GAUGE, "h")
            .gauges(1, known, unknown));
    assertThat(values()).containsExactly(1.0, 2.0);
  }

  /** A definition may take longer to come again than frames repeat a window. */
  @Test
  void book_keepsWindowsForALateDefinition() {
    book(frame(1).full().define(0, SeriesType.GAUGE, "g"));
    for (int i = 1; i <= 10; i++) {
      book(frame(1 + i).gauges(i, new Frame.GaugeValue(1, BEGAN, i)));
    }
    assertThat(values()).isEmpty();
    book(frame(12).full().define(0, SeriesType.GAUGE, "g").define(1, SeriesType.GAUGE, "h"));

    assertThat(values()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);
    assertThat(losses.byCause()).isEmpty();
  }

  @Test
  void book_countsGaugeValuesThatAreNeverDefined() {
    book(frame(1).gauges(1, new Frame.GaugeValue(1, BEGAN, 5)));
    after(Duration.ofHours(25));
    ledger.tend(nowNanos);

    assertThat(losses.byCause()).containsExactly(entry(Loss.GAUGE_UNDEFINED, 1L));
  }

  @Test
  void book_boundsTheGaugeValuesThatWait() {
    Frame.GaugeValue[] values = new Frame.GaugeValue[Ledger.MAX_WAITING_GAUGES / 2];
    Arrays.fill(values, new Frame.GaugeValue(1, BEGAN, 5));
    book(frame(1).gauges(1, values));
    book(frame(2).gauges(2, values[0], values[0]));

    assertThat(losses.byCause()).containsExactly(entry(Loss.GAUGE_UNDEFINED, 2L));
    book(frame(3).full().define(1, SeriesType.GAUGE, "g"));
    book(frame(4).gauges(3, values));
    assertThat(values()).hasSize(2 * values.length);
  }

  @Test
  void book_countsTheWindowsBeforeTheFirst() {
    book(
        frame(5)
            .full()
            .define(0, SeriesType.GAUGE, "g")
            .gauges(4, new Frame.GaugeValue(0, BEGAN, 1)));

    assertThat(losses.count(Loss.GAUGE_WINDOW)).isEqualTo(3);
  }

  @Test
  void book_countsMissedGaugeWindows() {
    Frame.GaugeValue value = new Frame.GaugeValue(0, BEGAN, 1);
    book(frame(1).full().define(0, SeriesType.GAUGE, "g").gauges(1, value));
    book(frame(6).gauges(4, value).gauges(5, value).gauges(6, value));

    assertThat(values()).hasSize(4);
    assertThat(losses.count(Loss.GAUGE_WINDOW)).isEqualTo(2);
  }

  @Test
  void book_takesOnlyTheNewestWindowOfAnOlderInstance() {
    startedMillis = BEGAN - 1;
    book(
        frame(9)
            .full()
            .define(0, SeriesType.GAUGE, "g")
            .gauges(7, new Frame.GaugeValue(0, BEGAN, 7))
            .gauges(8, new Frame.GaugeValue(0, BEGAN, 8)));

    assertThat(values()).containsExactly(8.0);
  }

  @Test
  void book_passesOnWhatTheApplicationLost() {
    book(frame(1).full().lost("gauge-queue-full", 5));
    book(frame(2).lost("gauge-queue-full", 5));
    book(frame(3).lost("gauge-queue-full", 8));

    assertThat(losses.byCauseOfApplications().get("gauge-queue-full")).isEqualTo(8);
  }

  @Test
  void book_passesOnOnlyNewLossesOfAnOlderInstance() {
    startedMillis = BEGAN - 1;
    book(frame(10).full().lost("gauge-queue-full", 5));
    book(frame(11).lost("gauge-queue-full", 8));

    assertThat(losses.byCauseOfApplications().get("gauge-queue-full")).isEqualTo(3);
  }

  @Test
  void book_boundsItsSeries() {
    Ledger small = new Ledger(BEGAN, losses, 4);
    FrameBuilder frame = frame(1).full();
    for (int id = 0; id < 5; id++) frame.define(id, SeriesType.COUNTER, "c" + id).counter(id, 1);

    boolean asks = small.book(frame.build(), nowNanos, booked::add);

    assertThat(asks).isFalse();
    assertThat(booked).hasSize(2);
    assertThat(small.series()).isEqualTo(2);
    assertThat(losses.count(Loss.SERIES_CAP)).isEqualTo(3);
  }

  @Test
  void book_boundsItsInstances() {
    for (int i = 0; i <= Ledger.MAX_ACCOUNTS; i++) {
      book(new FrameBuilder("info", new UUID(5, i), BEGAN, 1).full());
    }

    assertThat(ledger.instances()).isEqualTo(Ledger.MAX_ACCOUNTS);
    assertThat(losses.count(Loss.INSTANCE_CAP)).isEqualTo(1);
  }

  @Test
  void tend_countsTheVanishedOnce() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 1));
    after(Duration.ofSeconds(179));
    ledger.tend(nowNanos);
    assertThat(ledger.vanished()).isZero();

    after(Duration.ofSeconds(2));
    ledger.tend(nowNanos);
    ledger.tend(nowNanos);

    assertThat(ledger.vanished()).isEqualTo(1);
  }

  @Test
  void tend_forgetsWhoLeft() {
    book(frame(1).full().last().define(0, SeriesType.COUNTER, "c").counter(0, 1));
    after(Duration.ofSeconds(601));
    ledger.tend(nowNanos);

    assertThat(ledger.instances()).isZero();
    assertThat(ledger.series()).isZero();
    assertThat(ledger.vanished()).isZero();
  }

  @Test
  void tend_neverCountsWhoReturnsTwice() {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 10));
    after(Duration.ofHours(25));
    ledger.tend(nowNanos);
    assertThat(ledger.instances()).isZero();

    book(frame(2).full().define(0, SeriesType.COUNTER, "c").counter(0, 12));
    book(frame(3).counter(0, 15));

    assertThat(sums()).containsExactly(10L, 3L);
  }

  @Test
  void series_withTagsAreKeptApart() {
    Series tagged = new Series("info", SeriesType.COUNTER, "c", "src", Map.of("k", "v"));
    book(
        frame(1)
            .full()
            .define(0, SeriesType.COUNTER, "c")
            .define(1, tagged)
            .counter(0, 1)
            .counter(1, 2));

    assertThat(booked.get(0).key()).isNotEqualTo(booked.get(1).key());
  }

  private FrameBuilder frame(long sequence) {
    return new FrameBuilder("info", APP, startedMillis, sequence);
  }

  private boolean book(FrameBuilder frame) {
    return ledger.book(frame.build(), nowNanos, booked::add);
  }

  private void after(Duration passed) {
    nowNanos += passed.toNanos();
  }

  private List<Long> sums() {
    return booked.stream().map(each -> ((CounterTotal) each).sum()).toList();
  }

  private List<Double> values() {
    return booked.stream().map(each -> ((GaugeValue) each).value()).toList();
  }
}
