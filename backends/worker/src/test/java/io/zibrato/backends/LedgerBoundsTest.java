package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zibrato.backends.testing.FrameBuilder;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What applications that overdo it, or are none, can use up of the ledger. */
class LedgerBoundsTest {
  private static final long BEGAN = 1_700_000_000_000L;

  private final LossTally losses = new LossTally();
  private final List<Measurement> booked = new ArrayList<>();
  private long nowNanos;

  @Test
  void series_ofOneInstanceLeaveRoomForOthers() {
    Ledger ledger = new Ledger(BEGAN, losses, 100);
    FrameBuilder bomb = frame(new UUID(0, 1), "info").full();
    for (int id = 0; id < 1000; id++) bomb.define(id, SeriesType.COUNTER, "c" + id).counter(id, 1);

    ledger.book(bomb.build(), nowNanos, measurement -> {});
    book(
        ledger,
        frame(new UUID(0, 2), "info").full().define(0, SeriesType.COUNTER, "c").counter(0, 7));

    assertThat(booked).hasSize(1);
    assertThat(ledger.series()).isEqualTo(51);
    assertThat(losses.count(Loss.SERIES_CAP)).isEqualTo(950);
  }

  @Test
  void series_countByTheLengthOfTheirNames() {
    Ledger ledger = new Ledger(BEGAN, losses, 200);
    FrameBuilder bomb = frame(new UUID(0, 1), "info").full();
    Map<String, String> tags = new HashMap<>();
    for (int tag = 0; tag < 40; tag++) tags.put("tag" + tag, "n".repeat(250));
    for (int id = 0; id < 100; id++) {
      bomb.define(id, new Series("info", SeriesType.COUNTER, "c" + id, "s", tags)).counter(id, 1);
    }

    book(ledger, bomb);

    assertThat(booked).hasSizeBetween(1, 10);
    assertThat(losses.count(Loss.SERIES_CAP)).isEqualTo(100 - booked.size());
  }

  @Test
  void levels_ofOneInstanceAreBounded() {
    Ledger ledger = new Ledger(BEGAN, losses);
    UUID id = new UUID(0, 1);

    for (int level = 0; level < Ledger.MAX_LEVELS_PER_INSTANCE + 5; level++) {
      book(ledger, frame(id, "level" + level).full());
    }

    assertThat(losses.count(Loss.INSTANCE_CAP)).isEqualTo(5);
  }

  @Test
  void causesOfLoss_ofOneInstanceAreBounded() {
    Instance instance = new Instance(new UUID(0, 1), false);
    for (int i = 0; i < 10 * Instance.MAX_CAUSES; i++) {
      FrameBuilder frame = new FrameBuilder("info", instance.id, BEGAN, 1 + i);
      instance.bookLost(frame.lost("made-up-" + i, 1).build(), losses);
    }

    Map<String, Long> told = losses.byCauseOfApplications();
    assertThat(told.values().stream().mapToLong(n -> n).sum()).isEqualTo(Instance.MAX_CAUSES);
    assertThat(instance.encoded().length).isLessThan(50 * Instance.MAX_CAUSES);
  }

  @Test
  void instances_thatVanishedMakeRoom() {
    Ledger ledger = new Ledger(BEGAN, losses);
    for (int i = 0; i < Ledger.MAX_ACCOUNTS; i++)
      book(ledger, frame(new UUID(5, i), "info").full());
    nowNanos += Duration.ofMinutes(4).toNanos();
    ledger.tend(nowNanos);

    UUID fresh = new UUID(6, 0);
    book(ledger, frame(fresh, "info").full().define(0, SeriesType.COUNTER, "c").counter(0, 7));

    assertThat(booked).hasSize(1);
    assertThat(losses.count(Loss.INSTANCE_CAP)).isZero();
    assertThat(ledger.instances()).isEqualTo(Ledger.MAX_ACCOUNTS);
  }

  @Test
  void instance_thatMadeRoomIsCountedAsItComesBack() {
    Ledger ledger = new Ledger(BEGAN, losses);
    UUID back = new UUID(5, 0);
    book(ledger, counting(back, 1, 100));
    nowNanos += Duration.ofMinutes(4).toNanos();
    for (int i = 1; i < Ledger.MAX_ACCOUNTS; i++) {
      book(ledger, frame(new UUID(5, i), "info").full());
    }
    ledger.tend(nowNanos);
    book(ledger, frame(new UUID(6, 0), "info").full());
    booked.clear();
    assertThat(losses.byCause()).isEmpty();

    nowNanos += Duration.ofMinutes(4).toNanos();
    ledger.tend(nowNanos); // of the others one has to go for it
    book(ledger, counting(back, 2, 150));
    book(ledger, counting(back, 3, 157));

    assertThat(booked).containsExactly(new CounterTotal(new SeriesKey("c", "s"), 7));
    assertThat(losses.byCause()).containsExactly(entry(Loss.INSTANCE_FORGOTTEN, 1L));
  }

  private static FrameBuilder counting(UUID instance, long sequence, long sum) {
    return new FrameBuilder("info", instance, BEGAN, sequence)
        .full()
        .define(0, new Series("info", SeriesType.COUNTER, "c", "s"))
        .counter(0, sum);
  }

  @Test
  void vanishedInstance_thatComesBackWithANewLevelMakesRoomForItself() {
    Ledger ledger = new Ledger(BEGAN, losses);
    for (int i = 0; i < Ledger.MAX_ACCOUNTS; i++)
      book(ledger, frame(new UUID(5, i), "info").full());
    nowNanos += Duration.ofMinutes(4).toNanos();
    ledger.tend(nowNanos);

    UUID back = new UUID(5, 0);
    book(ledger, frame(back, "new").full().define(0, SeriesType.COUNTER, "c").counter(0, 7));

    assertThat(booked).hasSize(1);
    assertThat(losses.count(Loss.INSTANCE_CAP)).isZero();
  }

  @Test
  void instances_thatVanishedBeforeARestartMakeRoomToo() {
    Ledger ledger = new Ledger(BEGAN, losses);
    Instance vanished = new Instance(new UUID(5, 0), false);
    vanished.vanished = true;
    ledger.restore(vanished, nowNanos);
    for (int i = 1; i <= Ledger.MAX_ACCOUNTS; i++) {
      UUID id = new UUID(6, i);
      if (i == 1) ledger.restoreUnknown(vanished, "info");
      else book(ledger, frame(id, "info").full());
    }

    book(
        ledger,
        frame(new UUID(7, 0), "info").full().define(0, SeriesType.COUNTER, "c").counter(0, 7));

    assertThat(booked).hasSize(1);
    assertThat(losses.count(Loss.INSTANCE_CAP)).isZero();
  }

  @Test
  void interval_boundsTheNamesOfVersionOne() {
    Interval interval = new Interval(0, losses);
    String name = "n".repeat(200);
    int bomb = Interval.MAX_SERIES + 10;

    for (int i = 0; i < bomb; i++) {
      interval.add(new CounterTotal(new SeriesKey(name + i, "s"), 1));
    }

    assertThat(interval.size()).isLessThanOrEqualTo(Interval.MAX_SERIES);
    assertThat(losses.count(Loss.INTERVAL_CAP)).isEqualTo(bomb - interval.size());
  }

  private void book(Ledger ledger, FrameBuilder frame) {
    ledger.book(frame.build(), nowNanos, booked::add);
  }

  private FrameBuilder frame(UUID instance, String level) {
    return new FrameBuilder(level, instance, BEGAN, 1);
  }
}
