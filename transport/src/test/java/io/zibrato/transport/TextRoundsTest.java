package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Meters;
import io.zibrato.meter.Series;
import io.zibrato.meter.SeriesType;
import io.zibrato.meter.Timer;
import io.zibrato.wire.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextRoundsTest {
  private final Meters meters = new Meters("s", 100, level -> false, 1024);
  private final FakeOutlet outlet = new FakeOutlet();
  private final TextRounds rounds = new TextRounds("info", 3);

  @Test
  void counter_isSentByWhatItGrew() {
    Counter counter = meters.counter(new Series("info", SeriesType.COUNTER, "c", "s"));
    rounds.add(counter);

    counter.increment(3);
    assertThat(values()).containsExactly(3.0);
    assertThat(values()).isEmpty();
    counter.increment();
    counter.increment();

    assertThat(values()).containsExactly(2.0);
  }

  @Test
  void counter_isSentAsThePythonOriginalSendsIt() {
    Counter counter = meters.counter(new Series("info", SeriesType.COUNTER, "c", "web1"));
    rounds.add(counter);
    counter.increment(3);

    rounds.publish(outlet, false);

    String text = new String(outlet.messages.get(0), StandardCharsets.UTF_8);
    assertThat(text).matches("info\\|Counter\\|c\\|3\\|\\d{10}\\|web1");
  }

  @Test
  void counter_thatWasRefusedIsSentWhole() {
    Counter counter = meters.counter(new Series("info", SeriesType.COUNTER, "c", "s"));
    rounds.add(counter);
    counter.increment(3);
    outlet.room = 0;
    assertThat(rounds.publish(outlet, false)).isFalse();
    counter.increment(4);
    outlet.room = 9;

    assertThat(values()).containsExactly(7.0);
  }

  @Test
  void timer_isSentOnceACallWithItsCountAndSumExact() {
    Timer timer = meters.timer(new Series("info", SeriesType.TIMER, "t", "s"));
    rounds.add(timer);
    Random random = new Random(5);
    long count = 0;
    long sumNanos = 0;
    List<Double> values = new ArrayList<>();

    for (int round = 0; round < 20; round++) {
      for (int i = random.nextInt(400); i > 0; i--) {
        long nanos = random.nextLong() >>> (24 + random.nextInt(39));
        timer.record(nanos);
        count++;
        sumNanos += nanos;
      }
      outlet.room = random.nextInt(500);
      rounds.publish(outlet, false);
      outlet.takeTexts().forEach(message -> values.add(message.value()));
    }
    outlet.room = Integer.MAX_VALUE;
    values.addAll(values());

    assertThat(values).hasSize((int) count).allMatch(value -> value >= 0);
    double sum = values.stream().mapToDouble(Double::doubleValue).sum();
    assertThat(sum).isCloseTo(sumNanos / 1e9, within(sumNanos / 1e9 * 1e-9));
  }

  @Test
  void timer_isSentPieceByPieceButWholeInTheLastRound() {
    Timer timer = meters.timer(new Series("info", SeriesType.TIMER, "t", "s"));
    rounds.add(timer);
    for (int i = 0; i < TextRounds.MAX_TIMINGS + 5; i++) timer.record(1_000);

    assertThat(values()).hasSize(TextRounds.MAX_TIMINGS);
    for (int i = 0; i < 2 * TextRounds.MAX_TIMINGS; i++) timer.record(1_000);
    rounds.publish(outlet, true);

    assertThat(outlet.messages).hasSize(2 * TextRounds.MAX_TIMINGS + 5);
  }

  @Test
  void gauge_isSentWithItsTimeAndBounded() {
    Gauge gauge = meters.gauge(new Series("info", SeriesType.GAUGE, "g", "s"));
    for (int i = 0; i < 3; i++) assertThat(rounds.add(gauge, 1000 * i, i + 0.5)).isTrue();
    assertThat(rounds.add(gauge, 9000, 9)).isFalse();

    rounds.publish(outlet, false);

    assertThat(outlet.takeTexts()).containsExactly(text(0.5, 0), text(1.5, 1), text(2.5, 2));
  }

  private static TextMessage text(double value, long epochSeconds) {
    return new TextMessage("info", SeriesType.GAUGE, "g", value, epochSeconds, "s");
  }

  private List<Double> values() {
    rounds.publish(outlet, false);
    return outlet.takeTexts().stream().map(TextMessage::value).toList();
  }
}
