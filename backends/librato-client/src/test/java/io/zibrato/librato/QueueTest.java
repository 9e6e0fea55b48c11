package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueTest {
  private final StubApi api = new StubApi();
  private final LibratoClient client = api.builder().retries(0).build();
  private final Queue queue = client.newQueue();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private static void add(Queue queue, int count) throws IOException {
    for (int i = 0; i < count; i++) queue.add("x", i);
  }

  private int sizeOf(int request) {
    JsonObject body = JsonParser.parseString(api.seen.get(request).body()).getAsJsonObject();
    return body.keySet().stream()
        .filter(each -> !each.equals("tags"))
        .mapToInt(each -> body.getAsJsonArray(each).size())
        .sum();
  }

  @Test
  void submit_sendsAllAtOnce() throws Exception {
    queue.add("cpu", 88.4);
    queue.add(Measurement.counter("conn", 5).source("us").time(7));
    queue.add(Measurement.gauge("cpu", 1).tag("az", "b"));
    assertThat(api.seen).isEmpty();

    queue.submit();

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/metrics {\"gauges\":[{\"name\":\"cpu\",\"value\":88.4}],\"counters\":"
                + "[{\"name\":\"conn\",\"value\":5,\"source\":\"us\",\"measure_time\":7}]}",
            "POST /v1/measurements {\"measurements\":[{\"name\":\"cpu\",\"value\":1,"
                + "\"tags\":{\"az\":\"b\"}}]}");
    assertThat(queue.size()).isZero();
  }

  @Test
  void submit_ofNothingSendsNothing() throws Exception {
    queue.submit();

    assertThat(api.seen).isEmpty();
  }

  @Test
  void submit_sends300ARequest() throws Exception {
    add(queue, 601);
    queue.submit();

    assertThat(api.seen).hasSize(3);
    assertThat(sizeOf(0)).isEqualTo(300);
    assertThat(sizeOf(1)).isEqualTo(300);
    assertThat(sizeOf(2)).isEqualTo(1);
  }

  @Test
  void submit_twoKindsFillTheirOwnRequests() throws Exception {
    for (int i = 0; i < 300; i++) {
      queue.add(Measurement.gauge("a", i));
      queue.add(Measurement.gauge("b", i).tag("t", "v"));
    }
    queue.submit();

    assertThat(api.seen.stream().map(StubApi.Seen::target))
        .containsExactly("/v1/metrics", "/v1/measurements");
    assertThat(sizeOf(0)).isEqualTo(300);
    assertThat(sizeOf(1)).isEqualTo(300);
  }

  @Test
  void tags_areSentOnceForAll() throws Exception {
    try (Queue tagged = client.newQueue(0, Map.of("region", "us"))) {
      tagged.add("cpu", 4.5);
      tagged.add(Measurement.gauge("memory", 34.5).tag("az", "e").tag("region", null));
      tagged.add(Measurement.gauge("disk", 1).source("web-1"));
    }

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/measurements {\"tags\":{\"region\":\"us\"},\"measurements\":["
                + "{\"name\":\"cpu\",\"value\":4.5},{\"name\":\"memory\",\"value\":34.5,"
                + "\"tags\":{\"az\":\"e\",\"region\":null}}]}",
            "POST /v1/metrics {\"gauges\":[{\"name\":\"disk\",\"value\":1,"
                + "\"source\":\"web-1\"}]}");
  }

  @Test
  void tags_areOverTheClients() {
    try (LibratoClient tagged = api.builder().tags(Map.of("a", "1", "b", "1")).build()) {
      assertThat(tagged.newQueue(0, Map.of("b", "2")).tags()).isEqualTo(Map.of("a", "1", "b", "2"));
    }
  }

  @Test
  void add_submitsAtTheAutoSubmitCount() throws Exception {
    Queue auto = client.newQueue(2);
    auto.add("a", 1);
    assertThat(api.seen).isEmpty();
    auto.add("a", 2);
    assertThat(api.seen).hasSize(1);
    auto.add("a", 3);

    assertThat(api.seen).hasSize(1);
    assertThat(auto.size()).isEqualTo(1);
  }

  @Test
  void close_submitsEvenWhenTheBlockThrows() {
    Throwable thrown =
        catchThrowable(
            () -> {
              try (Queue block = client.newQueue()) {
                block.add("a", 1);
                throw new IllegalArgumentException("the block's own");
              }
            });

    assertThat(thrown).hasMessage("the block's own").hasNoSuppressedExceptions();
    assertThat(api.seen).hasSize(1);
  }

  @Test
  void close_thatFailsIsSuppressedByTheBlocks() {
    api.answer(500, "");

    Throwable thrown =
        catchThrowable(
            () -> {
              try (Queue block = client.newQueue()) {
                block.add("a", 1);
                throw new IllegalArgumentException("the block's own");
              }
            });

    assertThat(thrown).hasMessage("the block's own");
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(thrown.getSuppressed()[0]).isInstanceOf(ServerErrorException.class);
  }

  @Test
  void close_takesNoMore() throws Exception {
    queue.close();
    queue.close();

    assertThatThrownBy(() -> queue.add("a", 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> queue.addAggregator(client.newAggregator().build()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void failure_keepsWhatWasNotAcceptedAndNothingElse() throws Exception {
    api.answer(200, "").answer(500, "");
    add(queue, 700);

    assertThatThrownBy(queue::submit).isInstanceOf(ServerErrorException.class);
    assertThat(queue.size()).isEqualTo(400);
    queue.submit();

    assertThat(api.seen).hasSize(4);
    assertThat(api.seen.get(2).body()).isEqualTo(api.seen.get(1).body());
    assertThat(api.seen.get(2).header("Idempotency-Key"))
        .isEqualTo(api.seen.get(1).header("Idempotency-Key"))
        .isNotEqualTo(api.seen.get(0).header("Idempotency-Key"));
    assertThat(queue.size()).isZero();
  }

  @Test
  void failure_leavesTheTriedRequestAsItWas() throws Exception {
    api.breakConnection();
    queue.add("a", 1);
    assertThatThrownBy(queue::submit).isInstanceOf(NoAnswerException.class);

    queue.add("b", 2);
    queue.submit();

    assertThat(api.seen).hasSize(3);
    assertThat(api.seen.get(1).body()).isEqualTo(api.seen.get(0).body());
    assertThat(api.seen.get(2).body()).contains("\"b\"").doesNotContain("\"a\"");
  }

  @Test
  void refused_canBeGivenUp() throws Exception {
    api.answer(400, "");
    add(queue, 301);
    assertThatThrownBy(queue::submit).isInstanceOf(BadRequestException.class);

    assertThat(queue.discardFirst()).isEqualTo(300);
    queue.submit();

    assertThat(sizeOf(1)).isEqualTo(1);
    assertThat(queue.discardFirst()).isZero();
  }

  @Test
  void partlyAccepted_isNotSentAgain() throws Exception {
    api.answer(202, "{\"measurements\":{\"summary\":{\"failed\":1}},\"errors\":[\"no\"]}");
    queue.add(Measurement.gauge("a", 1).tag("t", "v"));

    assertThatThrownBy(queue::submit).isInstanceOf(PartlyAcceptedException.class);
    queue.submit();

    assertThat(api.seen).hasSize(1);
  }

  @Test
  void acceptedInOtherWords_isNotSentAgain() throws Exception {
    api.answer(200, "OK");
    queue.add(Measurement.gauge("a", 1).tag("t", "v"));

    assertThatThrownBy(queue::submit).isInstanceOf(UnexpectedAnswerException.class);
    queue.submit();

    assertThat(api.seen).hasSize(1);
  }

  @Test
  void addAggregator_takesWhatItHolds() throws Exception {
    Aggregator aggregator =
        client.newAggregator().source("web").periodSeconds(60).measureTime(125).build();
    aggregator.add("x", 1);
    aggregator.add("x", 3);

    Queue auto = client.newQueue(1);
    auto.addAggregator(aggregator);

    assertThat(api.texts())
        .containsExactly(
            "POST /v1/metrics {\"gauges\":[{\"name\":\"x\",\"count\":2,\"sum\":4.0,\"min\":1.0,"
                + "\"max\":3.0,\"source\":\"web\",\"measure_time\":120}]}");
    assertThat(aggregator.size()).isZero();
  }

  @Test
  void autoSubmitCount_belowZero() {
    assertThatThrownBy(() -> client.newQueue(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
