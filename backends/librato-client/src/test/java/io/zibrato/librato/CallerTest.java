package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final Target TARGET = Target.of("metrics");

  /** Gives what is planned: an Answer, or an IOException to throw. */
  private static final class FakeExchange implements Exchange {
    final Deque<Object> plan = new ArrayDeque<>();
    final List<Request> requests = new ArrayList<>();

    @Override
    public Answer send(Request request) throws IOException {
      requests.add(request);
      if (plan.getFirst() instanceof IOException e) {
        plan.removeFirst();
        throw e;
      }
      return (Answer) plan.removeFirst();
    }

    @Override
    public void close() {}
  }

  private final FakeExchange exchange = new FakeExchange();
  private final List<Long> pauses = new ArrayList<>();

  private Caller caller(boolean keys, Object... plan) {
    exchange.plan.addAll(List.of(plan));
    return new Caller(
        exchange, new RetryPolicy(3, 100, 250, 60), keys, pauses::add, () -> 1, Clock.systemUTC());
  }

  private static IOException notSent() {
    return new NotSentException(new ConnectException());
  }

  private static Answer status(int status) {
    return new Answer(status, "", null);
  }

  @Test
  void serverError_isTriedAgainWithGrowingPauses() throws Exception {
    Caller caller = caller(true, status(500), status(502), status(503), status(200));

    caller.put(TARGET, new JsonObject());

    assertThat(exchange.requests).hasSize(4);
    assertThat(pauses).containsExactly(100L, 200L, 250L);
  }

  @Test
  void serverError_endsAtTheLimit() {
    Caller caller = caller(true, status(500), status(500), status(500), status(504));

    ServerErrorException e =
        catchThrowableOfType(
            ServerErrorException.class, () -> caller.put(TARGET, new JsonObject()));

    assertThat(e.status()).isEqualTo(504);
    assertThat(exchange.plan).isEmpty();
  }

  @Test
  void clientError_isNotTriedAgain() {
    Caller caller = caller(true, status(400));

    assertThatThrownBy(() -> caller.put(TARGET, new JsonObject()))
        .isInstanceOf(BadRequestException.class);
    assertThat(exchange.requests).hasSize(1);
  }

  @Test
  void accepted_isNotSentAgain() throws Exception {
    Caller caller = caller(true, status(202));

    caller.post(TARGET, new JsonObject());

    assertThat(exchange.requests).hasSize(1);
  }

  @Test
  void networkError_isTriedAgain() throws Exception {
    Caller caller = caller(true, new SocketTimeoutException("x"), notSent(), status(204));

    caller.delete(TARGET);

    assertThat(exchange.requests).hasSize(3);
  }

  @Test
  void networkError_endsAtTheLimit() {
    ConnectException last = new ConnectException("refused");
    Caller caller = caller(true, notSent(), notSent(), notSent(), new NotSentException(last));

    NoAnswerException e =
        catchThrowableOfType(NoAnswerException.class, () -> caller.get(TARGET, json -> json));

    assertThat(e).hasCause(last).hasMessageContaining("GET /v1/metrics, tried 4 times");
    assertThat(e.status()).isZero();
    assertThat(e.mayHaveArrived()).isFalse();
  }

  @Test
  void networkError_withoutRetriesIsToldAtOnce() {
    exchange.plan.add(new NotSentException(new ConnectException("refused")));
    Caller once =
        new Caller(
            exchange, new RetryPolicy(0, 1, 1, 1), true, pauses::add, () -> 1, Clock.systemUTC());

    assertThatThrownBy(() -> once.get(TARGET, json -> json))
        .hasMessageContaining("GET /v1/metrics, tried once: ");
    assertThat(pauses).isEmpty();
  }

  @Test
  void lostPost_isTriedAgainUnderTheSameKey() throws Exception {
    Caller caller = caller(true, new SocketTimeoutException("x"), status(200));

    caller.post(TARGET, new JsonObject());

    assertThat(exchange.requests).hasSize(2);
    assertThat(exchange.requests.get(0).key()).isNotBlank();
    assertThat(exchange.requests.get(1)).isEqualTo(exchange.requests.get(0));
  }

  @Test
  void lostPostWithoutKey_isNotTriedAgain() {
    Caller caller = caller(false, new SocketTimeoutException("x"));

    NoAnswerException e =
        catchThrowableOfType(NoAnswerException.class, () -> caller.post(TARGET, new JsonObject()));

    assertThat(e.mayHaveArrived()).isTrue();
    assertThat(exchange.requests).hasSize(1);
  }

  @Test
  void postWithoutKeyThatNeverArrived_isTriedAgain() throws Exception {
    Caller caller = caller(false, notSent(), status(503), status(200));

    caller.post(TARGET, new JsonObject());

    assertThat(exchange.requests).hasSize(3);
    assertThat(exchange.requests.get(0).key()).isNull();
  }

  @Test
  void lostDelete_isDoneWhenThereIsNothingLeft() throws Exception {
    Caller caller = caller(true, new SocketTimeoutException("x"), status(404));

    caller.delete(TARGET);

    assertThat(exchange.requests).hasSize(2);
  }

  @Test
  void deleteOfNothing_isNotFound() {
    Caller caller = caller(true, notSent(), status(404));

    assertThatThrownBy(() -> caller.delete(TARGET)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void rateLimit_waitsAsAsked() throws Exception {
    Caller caller = caller(true, new Answer(429, "", "7"), status(429), status(200));

    caller.post(TARGET, new JsonObject());

    assertThat(pauses).containsExactly(7000L, 200L);
  }

  @Test
  void rateLimit_thatAsksForTooMuchIsToldAtOnce() {
    Caller caller = caller(true, new Answer(429, "{\"error\":\"slow down\"}", "61"));

    RateLimitedException e =
        catchThrowableOfType(
            RateLimitedException.class, () -> caller.post(TARGET, new JsonObject()));

    assertThat(e.retryAfterSeconds()).isEqualTo(61);
    assertThat(e).hasMessage("[429] slow down");
    assertThat(pauses).isEmpty();
  }

  @Test
  void interruptInAPause_endsItAndKeepsTheFlag() {
    exchange.plan.add(status(500));
    Caller caller =
        new Caller(
            exchange,
            new RetryPolicy(3, 1, 1, 1),
            true,
            millis -> {
              throw new InterruptedException();
            },
            () -> 1,
            Clock.systemUTC());

    assertThatThrownBy(() -> caller.get(TARGET, json -> json))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void interruptInARequest_isNotTriedAgain() {
    Caller caller = caller(true, new IOException("interrupted"), status(200));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> caller.get(TARGET, json -> json))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(exchange.requests).hasSize(1);
  }

  @Test
  void answerThatIsNotAsDocumented_isToldWithItsBody() {
    Caller caller = caller(true, new Answer(200, "<html>", null), new Answer(200, "[]", null));

    assertThatThrownBy(() -> caller.get(TARGET, Metric::read))
        .isInstanceOfSatisfying(
            UnexpectedAnswerException.class, e -> assertThat(e.body()).isEqualTo("<html>"));
    assertThatThrownBy(() -> caller.get(TARGET, Metric::read))
        .isInstanceOf(UnexpectedAnswerException.class);
  }

  @Test
  void answerWithOtherNumbers_isNotAsDocumented() {
    Caller caller = caller(true, new Answer(200, "{\"period\":2.5}", null));

    assertThatThrownBy(() -> caller.get(TARGET, Metric::read))
        .isInstanceOf(UnexpectedAnswerException.class);
  }

  @Test
  void close_refusesWhatComesAfter() {
    Caller caller = caller(true, status(200));
    caller.close();
    caller.close();

    assertThatThrownBy(() -> caller.delete(TARGET)).isInstanceOf(IllegalStateException.class);
    assertThat(exchange.requests).isEmpty();
  }

  @Test
  void closeInAPause_endsIt() throws Exception {
    LatchPause pause = new LatchPause();
    pause.end();

    pause.millis(Long.MAX_VALUE);
  }
}
