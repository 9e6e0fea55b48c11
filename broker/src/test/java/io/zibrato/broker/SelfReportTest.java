package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.Series;
import io.zibrato.wire.Frame;
import io.zibrato.wire.Message;
import io.zibrato.wire.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelfReportTest {
  private static final UUID INSTANCE = new UUID(5, 50);

  private final BrokerMeters meters = new BrokerMeters("here:5550");
  private long nanoTime;
  private final SelfReport self =
      new SelfReport(INSTANCE, meters.meters(), () -> nanoTime, () -> 1_700_000_000_000L);

  @BeforeEach
  void subscribe() {
    self.subscribed(true);
  }

  @Test
  void round_isEmptyWhileNobodySubscribes() {
    self.subscribed(false);

    assertThat(self.round(false)).isEmpty();
    assertThat(self.round(true)).isEmpty();
  }

  @Test
  void round_isFullForANewSubscriber() {
    assertThat(full()).isTrue();
    assertThat(full()).isFalse();
    self.subscribed(true);
    assertThat(full()).isFalse();
    self.subscribed(false);
    self.subscribed(true);
    assertThat(full()).isTrue();
  }

  @Test
  void round_isFullEachMinute() {
    full();

    nanoTime += 59_999_999_999L;
    assertThat(full()).isFalse();
    nanoTime += 1;
    assertThat(full()).isTrue();
    assertThat(full()).isFalse();
  }

  @Test
  void round_isFullWhenAsked_fiveSecondsApart() {
    full();
    self.resync(new Upstream.Resync(INSTANCE, "zibrato"));

    assertThat(full()).isFalse();
    nanoTime += 5_000_000_000L;
    assertThat(full()).isTrue();
    nanoTime += 5_000_000_000L;
    assertThat(full()).isFalse();
    self.resync(new Upstream.Resync(Upstream.EVERYONE, "zibrato"));
    assertThat(full()).isTrue();
  }

  @Test
  void round_isNotFullWhenOthersAreAsked() {
    full();
    nanoTime += 5_000_000_000L;

    self.resync(new Upstream.Resync(new UUID(1, 1), "zibrato"));
    self.resync(new Upstream.Resync(INSTANCE, "info"));

    assertThat(full()).isFalse();
  }

  @Test
  void round_saysWhatWasCounted() throws Exception {
    meters.traffic("info").in(100);
    meters.traffic("info").in(11);
    meters.traffic("info").out(100);
    meters.stopped(Cause.EMPTY, "a test");
    meters.stopped(Cause.HEARTBEAT, "a test");
    meters.subscriptions(7);

    List<Frame> round = self.round(false);

    Frame frame = (Frame) Message.decode(round.get(0).encode());
    assertThat(round).hasSize(1).containsExactly(frame);
    assertThat(frame.level()).isEqualTo("zibrato");
    assertThat(frame.instance()).isEqualTo(INSTANCE);
    assertThat(frame.definitions())
        .allSatisfy(d -> assertThat(d.series().source()).isEqualTo("here:5550"));
    assertThat(counters(round))
        .containsEntry("zibrato.broker.messages.in {level=info}", 2L)
        .containsEntry("zibrato.broker.messages.out {level=info}", 1L)
        .containsEntry("zibrato.broker.bytes.in {level=info}", 111L)
        .containsEntry("zibrato.broker.bytes.out {level=info}", 100L)
        .containsEntry("zibrato.broker.dropped {cause=empty}", 1L)
        .containsEntry("zibrato.broker.refused {cause=heartbeat}", 1L)
        .containsEntry("zibrato.broker.refused {cause=malformed}", 0L);
    assertThat(frame.gauges()).hasSize(1);
    assertThat(frame.gauges().get(0).values().get(0).value()).isEqualTo(7);
  }

  @Test
  void round_keepsThreeWindows() {
    List<Frame> round = List.of();
    for (int i = 1; i <= 5; i++) {
      meters.subscriptions(i);
      round = self.round(false);
    }

    assertThat(round.get(0).gauges())
        .extracting(Frame.GaugeWindow::window)
        .containsExactly(3L, 4L, 5L);
    assertThat(round.get(0).gauges())
        .extracting(w -> w.values().get(0).value())
        .containsExactly(3.0, 4.0, 5.0);
  }

  @Test
  void round_definesNewSeriesUntilTheNextFullOne() {
    self.round(false);
    meters.traffic("info");

    assertThat(self.round(false).get(0).definitions()).hasSize(4);
    assertThat(self.round(false).get(0).definitions()).hasSize(4);
    nanoTime += 60_000_000_000L;
    self.round(false);
    assertThat(self.round(false).get(0).definitions()).isEmpty();
  }

  @Test
  void round_ofManyLevelsIsSplitAndCountsTheRestTogether() throws Exception {
    String level = "\u20AC".repeat(21);
    BrokerMeters many = new BrokerMeters("\u20AC".repeat(Series.MAX_TEXT));
    for (int i = 0; i < BrokerMeters.MAX_LEVELS + 5; i++)
      many.traffic(level.substring(4) + i).in(1);
    SelfReport report = new SelfReport(INSTANCE, many.meters(), () -> 0, () -> 0);
    report.subscribed(true);

    List<Frame> round = report.round(false);

    assertThat(round).hasSizeGreaterThan(1).allMatch(frame -> frame.parts() == round.size());
    for (int i = 0; i < round.size(); i++) {
      assertThat(round.get(i).part()).isEqualTo(i);
      assertThat(round.get(i).sequence()).isEqualTo(i + 1);
      assertThat(Message.decode(round.get(i).encode())).isEqualTo(round.get(i));
    }
    assertThat(counters(round))
        .containsEntry("zibrato.broker.messages.in {level=other}", 5L)
        .noneSatisfy((name, sum) -> assertThat(name).contains("overflow"));
    assertThat(many.meters().overflowed()).isZero();
  }

  @Test
  void round_saysThatItIsTheLast() {
    self.round(false);

    assertThat(self.round(true)).allMatch(Frame::last).allMatch(Frame::full);
  }

  private boolean full() {
    return self.round(false).get(0).full();
  }

  private static Map<String, Long> counters(List<Frame> round) {
    Map<Integer, String> names = new HashMap<>();
    Map<String, Long> sums = new HashMap<>();
    List<Frame.CounterValue> values = new ArrayList<>();
    for (Frame frame : round) {
      frame
          .definitions()
          .forEach(d -> names.put(d.id(), d.series().name() + ' ' + d.series().tags()));
      values.addAll(frame.counters());
    }
    values.forEach(value -> sums.put(names.get(value.id()), value.sum()));
    return sums;
  }
}
