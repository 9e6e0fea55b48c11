package io.zibrato.backends.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.CounterTotal;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the worker makes of programs that answer, do not, end, hang and lose step. */
class ExecBackendIT {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path dir;
  private Path file;
  private ExecBackend backend;

  @BeforeEach
  void file() {
    file = dir.resolve("lines.json");
  }

  @AfterEach
  void close() {
    if (backend != null) backend.close();
  }

  private ExecBackend start(String command, boolean ack, Duration timeout) throws Exception {
    backend = new ExecBackend(new ExecOptions(command, ack, 1000, timeout, LONG));
    backend.connect();
    return backend;
  }

  private static Snapshot snapshot(long sum) {
    CounterTotal counter = new CounterTotal(new SeriesKey("orders", "web"), sum);
    return new Snapshot(1, 1000, 2000, List.of(counter), List.of(), List.of());
  }

  private RetryException retry(Snapshot snapshot) {
    return catchThrowableOfType(RetryException.class, () -> backend.flush(snapshot));
  }

  @Test
  void withoutAck_theProgramReadsAllThatWasFlushed() throws Exception {
    start("cat > " + file, false, LONG);
    for (int i = 0; i < 100; i++) backend.flush(snapshot(i));
    backend.close();

    assertThat(Files.readAllLines(file)).hasSize(100).last().asString().contains("\"sum\":99");
  }

  @Test
  void withoutAck_aPipeThatNobodyReadsIsAFailureThatLosesNothing() throws Exception {
    start("exec 0<&-; sleep 60", false, LONG);
    await().until(() -> retry(snapshot(1)) != null);

    assertThat(retry(snapshot(1)).ambiguous()).isFalse();
  }

  @Test
  void withoutAck_aProgramThatDoesNotReadIsEndedAfterTheTimeout() throws Exception {
    start("sleep 60", false, Duration.ofSeconds(1));
    RetryException late = null;
    for (int i = 0; i < 5000 && late == null; i++) late = retry(snapshot(i));

    assertThat(late).hasMessageContaining("--timeout");
    assertThat(late.ambiguous()).isFalse();
  }

  @Test
  void ack_refusedAndRetry() throws Exception {
    start(
        Programs.appending(file, "['ok', 'retry 7 later', 'retry', 'refused no such team'][n - 1]"),
        true,
        LONG);
    backend.flush(snapshot(1));

    RetryException later = retry(snapshot(2));
    assertThat(later).hasMessageContaining("later");
    assertThat(later.retryAfter()).hasSeconds(7);
    assertThat(later.ambiguous()).isFalse();
    assertThat(retry(snapshot(2)).retryAfter()).isZero();
    assertThatThrownBy(() -> backend.flush(snapshot(3)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no such team");
  }

  @Test
  void ack_retryTakesAnyNumberOfSecondsAndAnyReason() throws Exception {
    start(
        Programs.appending(
            file,
            "['retry 7200', 'retry 86400000000000000000 months', 'retry 1 a\\u2028b'][n - 1]"),
        true,
        LONG);

    assertThat(retry(snapshot(1)).retryAfter()).hasHours(2);
    assertThat(retry(snapshot(1)).retryAfter()).isGreaterThan(Duration.ofDays(1));
    assertThat(retry(snapshot(1)).retryAfter()).hasSeconds(1);
  }

  @Test
  void ack_anotherAnswerEndsTheProgram() throws Exception {
    start(Programs.appending(file, "'thanks'"), true, LONG);

    RetryException odd = retry(snapshot(1));
    assertThat(odd).hasMessageContaining("thanks");
    assertThat(odd.ambiguous()).isTrue();
    assertThat(retry(snapshot(1)).retryAfter()).isPositive();
  }

  @Test
  void ack_moreAnswersThanLinesEndTheProgram() throws Exception {
    start(Programs.appending(file, "'ok\\nok'"), true, LONG);
    backend.flush(snapshot(1));

    RetryException odd = await().until(() -> retry(snapshot(2)), problem -> problem != null);
    assertThat(odd).hasMessageContaining("more lines than it was given");
  }

  @Test
  void ack_noAnswerIsAmbiguous() throws Exception {
    start(Programs.appending(file, "None"), true, Duration.ofSeconds(1));

    RetryException late = retry(snapshot(1));
    assertThat(late).hasMessageContaining("--timeout");
    assertThat(late.ambiguous()).isTrue();
  }

  @Test
  void ending_startsItAgainAfterAPauseThatGrows() throws Exception {
    start(Programs.appending(file, "'ok' if n == 1 else sys.exit(3)"), true, LONG);
    backend.flush(snapshot(1));

    assertThat(retry(snapshot(2))).hasMessageContaining("ended with exit code 3");
    assertThat(retry(snapshot(2)).retryAfter()).isBetween(Duration.ofMillis(1), LONG);
    await().until(() -> retry(snapshot(2)) == null);
    assertThat(retry(snapshot(3))).hasMessageContaining("ended with exit code 3");
    assertThat(retry(snapshot(3)).retryAfter()).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void connect_whatCannotRunIsFatal() {
    assertThatThrownBy(() -> start("/nonexistent/program --x", true, LONG))
        .isInstanceOf(FatalException.class)
        .hasMessageContaining("--command")
        .hasMessageContaining("/nonexistent/program");
  }

  @Test
  void connect_whatEndsAtOnceIsTriedAgain() {
    assertThatThrownBy(() -> start("exit 5", true, LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exit code 5");
  }

  @Test
  void close_letsTheProgramEndByItself() throws Exception {
    start("cat > /dev/null; echo bye > " + file, false, LONG);
    backend.close();

    assertThat(Files.readString(file)).isEqualTo("bye\n");
  }

  @Test
  void close_endsAProgramThatGoesOn() throws Exception {
    Path pid = dir.resolve("pid");
    String deaf = "trap '' TERM; echo $$ > " + pid + "; while :; do sleep 0.1; done";
    backend = new ExecBackend(new ExecOptions(deaf, false, 1000, LONG, Duration.ofMillis(100)));
    backend.connect();
    long child = Long.parseLong(Files.readString(pid).strip());
    backend.close();

    await()
        .until(() -> ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false), no -> !no);
  }

  @Test
  void close_endsAlsoAChildThatIgnoresTermination() throws Exception {
    Path pid = dir.resolve("pid");
    String deaf =
        Programs.python(
            String.join(
                "\n",
                "import os, signal, sys, time",
                "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
                "with open(sys.argv[1], 'w') as out: out.write(str(os.getpid()) + '\\n')",
                "time.sleep(60)"),
            pid.toString());
    String child = deaf.replaceFirst("^exec ", "") + "; true";
    backend = new ExecBackend(new ExecOptions(child, false, 1000, LONG, Duration.ofMillis(100)));
    backend.connect();
    await().until(() -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));
    long id = Long.parseLong(Files.readString(pid).strip());
    assertThat(runs(id)).isTrue();

    backend.close();

    await().until(() -> !runs(id));
  }

  /** Not so one that has ended, and that nobody has waited for. */
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  @Test
  void close_doesNotWaitForAWriteUnderWay() throws Exception {
    Duration hour = Duration.ofHours(1);
    String sleeping = "exec sleep 3600";
    backend = new ExecBackend(new ExecOptions(sleeping, false, 9999, hour, Duration.ofMillis(100)));
    backend.connect();
    List<CounterTotal> more =
        IntStream.range(0, 9999)
            .mapToObj(i -> new CounterTotal(new SeriesKey("orders" + i, "web"), 1))
            .toList();
    Snapshot moreThanAPipeHolds = new Snapshot(1, 1000, 2000, more, List.of(), List.of());
    CompletableFuture<RetryException> flushed = new CompletableFuture<>();
    Thread writer = new Thread(() -> flushed.complete(retry(moreThanAPipeHolds)));
    writer.start();
    await()
        .until(
            () ->
                Thread.getAllStackTraces().entrySet().stream()
                    .filter(each -> each.getKey().getName().equals("zibrato-exec-writer"))
                    .flatMap(each -> Arrays.stream(each.getValue()))
                    .anyMatch(frame -> frame.getMethodName().equals("writeBytes")));

    CompletableFuture.runAsync(backend::close).get(30, TimeUnit.SECONDS);

    assertThat(flushed.get(10, TimeUnit.SECONDS).ambiguous()).isFalse();
  }
}
