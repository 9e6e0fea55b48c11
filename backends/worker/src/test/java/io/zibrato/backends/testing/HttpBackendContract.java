package io.zibrato.backends.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend has to do whose service speaks HTTP. */
public abstract class HttpBackendContract extends BackendContract {
  /** The service that {@link #backend} speaks to; the backend waits 1 s for an answer at most. */
  protected final StubService service = new StubService();

  private static final Snapshot ONE = counters(new CounterTotal(new SeriesKey("n", "s"), 1));

  /**
   * Whether what the service took of a request without an answer counts twice when it is sent
   * again.
   */
  protected boolean countsTwice() {
    return true;
  }

  /** Whether the service's protocol lets the same be sent again after such an answer. */
  protected boolean isForLater(int status) {
    return true;
  }

  @AfterEach
  void stop() throws Exception {
    backend().close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void flush_asksForARetry(int status) {
    service.next(status);

    if (!isForLater(status)) {
      assertThatThrownBy(() -> backend().flush(ONE))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(Integer.toString(status));
      return;
    }
    RetryException e = catchThrowableOfType(RetryException.class, () -> backend().flush(ONE));

    assertThat(e).hasMessageContaining(Integer.toString(status));
    assertThat(e.retryAfter()).isZero();
    assertThat(service.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", " 7 "})
  void flush_honoursRetryAfter(String header) {
    service.next(new StubService.Answer(429, "", Map.of("Retry-After", header), 0));

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend().flush(ONE));

    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "soon", "99999999999999999999", "", "Thu, 01 Jan 1970 00:00:00 GMT"})
  void flush_survivesAnyRetryAfter(String header) {
    service.next(new StubService.Answer(503, "", Map.of("Retry-After", header), 0));

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend().flush(ONE));

    assertThat(e.retryAfter()).isBetween(Duration.ZERO, Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 413, 422})
  void flush_saysWhatWasRefused(int status) {
    service.next(new StubService.Answer(status, "{\"why\":\"because\"}"));

    assertThatThrownBy(() -> backend().flush(ONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(Integer.toString(status))
        .hasMessageContaining("because");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void credentials_areFatal(int status) {
    service.always(request -> new StubService.Answer(status, ""));

    assertThatThrownBy(() -> backend().connect())
        .isInstanceOf(FatalException.class)
        .hasMessageContaining("credentials");
    assertThatThrownBy(() -> backend().flush(ONE)).isInstanceOf(FatalException.class);
  }

  @Test
  void connect_isTriedAgain() {
    service.next(503);

    assertThatThrownBy(() -> backend().connect()).isInstanceOf(IOException.class);
  }

  @Test
  void flush_givesUpOnASlowAnswer() {
    service.next(new StubService.Answer(200, "", Map.of(), 3_000));

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend().flush(ONE));

    assertThat(e.ambiguous()).isEqualTo(countsTwice());
  }

  /**
   * Each byte comes well within any time-out of a read; only all of them together take too long.
   */
  @Test
  void flush_givesUpOnADrippingAnswer() {
    service.next(new StubService.Answer(400, "drip ".repeat(10), Map.of(), 0, 100));

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend().flush(ONE));

    assertThat(e.ambiguous()).isEqualTo(countsTwice());
  }

  @Test
  void flush_knowsThatNobodyTookIt() {
    service.close();

    RetryException e = catchThrowableOfType(RetryException.class, () -> backend().flush(ONE));

    assertThat(e.ambiguous()).isFalse();
  }
}
