package io.zibrato.store.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zibrato.librato.Aggregator;
import io.zibrato.librato.BadRequestException;
import io.zibrato.librato.Measurement;
import io.zibrato.librato.NoAnswerException;
import io.zibrato.librato.Query;
import io.zibrato.librato.Queue;
import io.zibrato.librato.Sample;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Our client's queues and aggregators. */
class ClientQueueIT extends ClientSuite {
  @Test
  void queue_sendsAllWhenItsBlockEnds() throws Exception {
    try (Queue queue = client.newQueue(0, Map.of("region", "us", "host", "web-1"))) {
      for (int i = 0; i < 450; i++) {
        queue.add(Measurement.gauge("by-source-%03d".formatted(i), i).source("s").time(TIME));
        queue.add(Measurement.gauge("by-tags-%03d".formatted(i), -i).tag("host", "x").time(TIME));
      }
      queue.add("plain", 7);
      assertThat(queue.size()).isEqualTo(901);
      assertThat(queue.tags()).containsEntry("region", "us");
      assertThat(store.metrics()).isEmpty();
    }

    assertThat(store.measurements()).isEqualTo(901);
    assertThat(store.bySource("by-source-449", "s", "value")).containsExactly(449.0);
    assertThat(store.byTags("by-tags-449", "mean"))
        .isEqualTo(Map.of(Map.of("region", "us", "host", "x"), Map.of(TIME, -449.0)));
    assertThat(store.byTags("plain", "mean"))
        .containsOnlyKeys(Map.of("region", "us", "host", "web-1"));
  }

  @Test
  void queue_thatIsFullSendsByItself() throws Exception {
    try (Queue queue = client.newQueue(10)) {
      for (int i = 0; i < 25; i++) queue.add("m%02d".formatted(i), i);

      assertThat(queue.size()).isEqualTo(5);
      assertThat(store.metrics()).hasSize(20);
      queue.submit();
      assertThat(store.metrics()).hasSize(25);
    }
    assertThat(store.measurements()).isEqualTo(25);
  }

  @Test
  void queue_keepsWhatIsRefusedUntilItIsDiscarded() throws Exception {
    try (Queue queue = client.newQueue()) {
      queue.add(Measurement.gauge("not valid", 1));
      assertThatThrownBy(queue::submit).isInstanceOf(BadRequestException.class);
      queue.add("good", 2);
      assertThatThrownBy(queue::submit).isInstanceOf(BadRequestException.class);
      assertThat(store.metrics()).isEmpty();

      assertThat(queue.discardFirst()).isEqualTo(1);
      assertThat(queue.size()).isEqualTo(1);
    }
    assertThat(store.metrics()).containsExactly("good");
  }

  @Test
  void queue_keepsWhatADeadStoreDidNotTake() throws Exception {
    client.close();
    client = builder().retries(0).build();
    try (Queue queue = client.newQueue()) {
      queue.add(Measurement.gauge("cpu", 1).source("s").time(TIME));
      store.kill();
      assertThatThrownBy(queue::submit).isInstanceOf(NoAnswerException.class);
      assertThat(queue.size()).isEqualTo(1);
      store.startAgain();
    }

    assertThat(store.bySource("cpu", "s", "count")).containsExactly(1.0);
  }

  @Test
  void aggregator_bySourceIsOneSummary() throws Exception {
    Aggregator aggregator =
        client.newAggregator().source("web").periodSeconds(60).measureTime(TIME + 59).build();
    for (int value = 1; value <= 4; value++) aggregator.add("delay", value);
    aggregator.add("size", -5);
    assertThat(aggregator.size()).isEqualTo(2);
    assertThat(aggregator.measureTime()).hasValue(TIME);
    aggregator.submit();

    assertThat(client.metrics().get("delay", Query.count(1)).measurements().get("web"))
        .extracting(Sample::epochSeconds, Sample::count, Sample::sum, Sample::min, Sample::max)
        .containsExactly(tuple(TIME, 4L, 10.0, 1.0, 4.0));
    assertThat(store.bySource("size", "web", "sum")).containsExactly(-5.0);

    aggregator.add("delay", 1);
    aggregator.clear();
    aggregator.submit();
    assertThat(store.measurements()).isEqualTo(2);
  }

  @Test
  void aggregator_goesOnAfterWhatIsRefusedIsGivenUp() throws Exception {
    Aggregator aggregator = client.newAggregator().build();
    aggregator.add("bad name", 1);
    assertThatThrownBy(aggregator::submit).isInstanceOf(BadRequestException.class);
    aggregator.add("good", 1);
    assertThatThrownBy(aggregator::submit).isInstanceOf(BadRequestException.class);
    assertThat(aggregator.failed()).isEqualTo(2);

    assertThat(aggregator.discardFirst()).isEqualTo(1);
    aggregator.submit();

    assertThat(store.metrics()).containsExactly("good");
    assertThat(aggregator.failed()).isZero();
  }

  @Test
  void aggregator_byTagsGoesThroughAQueue() throws Exception {
    Aggregator aggregator =
        client.newAggregator().tags(Map.of("host", "web-1")).measureTime(TIME).build();
    aggregator.add("delay", 3);
    aggregator.add("delay", 5);
    try (Queue queue = client.newQueue()) {
      queue.addAggregator(aggregator);
      assertThat(aggregator.size()).isZero();
    }

    assertThat(store.byTags("delay", "sum"))
        .isEqualTo(Map.of(Map.of("host", "web-1"), Map.of(TIME, 8.0)));
    assertThat(store.byTags("delay", "count"))
        .isEqualTo(Map.of(Map.of("host", "web-1"), Map.of(TIME, 2.0)));
  }

  @Test
  void submit_underAKeyOfItsOwnIsStoredOnce() throws Exception {
    List<Measurement> bySource =
        List.of(Measurement.gauge("a", new BigDecimal("0.1")).source("s").time(TIME));
    List<Measurement> byTags =
        List.of(
            Measurement.summary("b", 2, new BigDecimal("0.3"))
                .min(new BigDecimal("0.1"))
                .max(new BigDecimal("0.2"))
                .tag("host", "x")
                .time(TIME));
    for (int i = 0; i < 3; i++) {
      client.metrics().submit(bySource, "key 1");
      client.metrics().submit(byTags, "key 2");
    }

    assertThat(store.bySource("a", "s", "count")).containsExactly(1.0);
    assertThat(store.bySource("a", "s", "value")).containsExactly(0.1);
    assertThat(store.byTags("b", "count").get(Map.of("host", "x"))).isEqualTo(Map.of(TIME, 2.0));
    assertThat(store.byTags("b", "sum").get(Map.of("host", "x"))).isEqualTo(Map.of(TIME, 0.3));
  }
}
