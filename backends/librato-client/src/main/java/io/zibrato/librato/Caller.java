package io.zibrato.librato;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Asks until there is an answer, and makes of it what was asked for or an exception.
 *
 * <p>Tried again are network errors, 5xx, 429 and 408, but a {@code POST} without a key only where
 * it cannot have been done: where no connection was made, or the service itself said so.
 */
final class Caller implements AutoCloseable {
  /** What waits between tries. */
  interface Pause {
    void millis(long millis) throws InterruptedException;

    /** Has those that wait go on, and nobody wait any more. */
    default void end() {}
  }

  private final Exchange exchange;
  private final RetryPolicy policy;
  private final boolean keys;
  private final Pause pause;
  private final DoubleSupplier jitter;
  private final Clock clock;
  private volatile boolean closed;

  Caller(
      Exchange exchange,
      RetryPolicy policy,
      boolean keys,
      Pause pause,
      DoubleSupplier jitter,
      Clock clock) {
    this.exchange = exchange;
    this.policy = policy;
    this.keys = keys;
    this.pause = pause;
    this.jitter = jitter;
    this.clock = clock;
  }

  /** A new key for a {@code POST}; null if this client sends none. */
  String newKey() {
    return keys ? UUID.randomUUID().toString() : null;
  }

  <T> T get(Target target, Function<JsonElement, T> read) throws IOException {
    return read(call(Request.get(target)), read);
  }

  void put(Target target, JsonElement body) throws IOException {
    call(Request.put(target, body));
  }

  <T> T post(Target target, JsonElement body, Function<JsonElement, T> read) throws IOException {
    return read(post(target, body), read);
  }

  /**
   * @param body null for none
   */
  Answer post(Target target, JsonElement body) throws IOException {
    return post(target, body, newKey());
  }

  Answer post(Target target, JsonElement body, String key) throws IOException {
    return call(Request.post(target, body, key));
  }

  /** Of the answer, only the status counts. */
  void postOnly(Target target, JsonElement body, String key) throws IOException {
    call(Request.post(target, body, key).unread());
  }

  void delete(Target target) throws IOException {
    call(Request.delete(target));
  }

  void delete(Target target, JsonElement body) throws IOException {
    call(Request.delete(target, body));
  }

  static <T> T read(Answer answer, Function<JsonElement, T> read) throws IOException {
    try {
      return read.apply(JsonParser.parseString(answer.body()));
    } catch (RuntimeException e) { // no JSON, or members of other kinds than documented
      throw new UnexpectedAnswerException(answer, e);
    }
  }

  Answer call(Request request) throws IOException {
    boolean lost = false;
    for (int retry = 0; ; retry++) {
      if (closed) throw new IllegalStateException("the client is closed");
      Answer answer;
      try {
        answer = exchange.send(request);
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) throw interrupted(e);
        lost |= !(e instanceof NotSentException);
        if (closed || retry >= policy.retries() || (lost && !request.repeatable())) {
          throw noAnswer(request, retry + 1, lost, e);
        }
        sleep(policy.delayMillis(retry, jitter.getAsDouble()));
        continue;
      }
      if (answer.done() || (lost && gone(request, answer))) return answer;
      long askedSeconds = RetryAfter.seconds(answer.retryAfter(), clock);
      if (!passing(answer) || retry >= policy.retries() || tooLong(askedSeconds)) {
        throw LibratoException.of(answer, askedSeconds);
      }
      sleep(
          askedSeconds >= 0
              ? askedSeconds * 1000
              : policy.delayMillis(retry, jitter.getAsDouble()));
    }
  }

  /** A delete whose answer was lost has most likely been done when there is nothing any more. */
  private static boolean gone(Request request, Answer answer) {
    return request.is("DELETE") && answer.status() == 404;
  }

  private static boolean passing(Answer answer) {
    return answer.status() >= 500 || answer.status() == 429 || answer.status() == 408;
  }

  private boolean tooLong(long askedSeconds) {
    return askedSeconds > policy.maxRetryAfterSeconds();
  }

  private void sleep(long millis) throws InterruptedIOException {
    try {
      pause.millis(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  private static InterruptedIOException interrupted(Exception cause) {
    InterruptedIOException e = new InterruptedIOException("interrupted");
    e.initCause(cause);
    return e;
  }

  private static NoAnswerException noAnswer(
      Request request, int tries, boolean lost, IOException e) {
    IOException cause = NotSentException.cause(e);
    String path = request.target().replaceFirst("\\?.*", "");
    String times = tries == 1 ? "once" : tries + " times";
    return new NoAnswerException(
        "no answer to " + request.method() + " " + path + ", tried " + times + ": " + cause,
        lost,
        cause);
  }

  @Override
  public void close() {
    closed = true;
    pause.end();
    exchange.close();
  }
}
