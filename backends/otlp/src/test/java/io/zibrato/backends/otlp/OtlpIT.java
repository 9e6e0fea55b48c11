package io.zibrato.backends.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.backends.testing.EndToEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a receiver holds that reads with the published classes. */
class OtlpIT {
  @TempDir Path dir;

  /**
   * A million woven calls and more from two applications. The receiver breaks off in their midst,
   * with requests that it stored and did not answer, and the worker is killed soon after.
   */
  @ParameterizedTest
  @CsvSource({"protobuf", "json"})
  void totals_areExactOverKills(String encoding) throws Exception {
    try (Receiver receiver = new Receiver(encoding.equals("json"));
        EndToEnd run = new EndToEnd(dir, "otlp")) {
      run.startWorker(
          "--url", receiver.url(), "--encoding", encoding, "--flush", "0.5", "--retry-max", "1");
      run.startApplications(2);
      run.call(300_000);
      await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> hits(receiver) > 0);

      run.go();
      long before = hits(receiver);
      await().atMost(Duration.ofSeconds(60)).until(() -> hits(receiver) > before);
      receiver.breakOff();
      await().atMost(Duration.ofSeconds(60)).until(() -> receiver.broken() > 0);
      receiver.end();
      run.worker().answer("cannot deliver, will try again", 60_000);
      run.killWorker();
      receiver.start();
      run.startWorkerAgain();
      run.rest();
      run.stopApplications();

      assertThat(run.calls()).isGreaterThan(1_200_000);
      for (EndToEnd.Counted each : run.counted()) assertHeld(receiver, each);
      run.stopWorker();
      for (EndToEnd.Counted each : run.counted()) assertHeld(receiver, each);
      assertThat(receiver.wrong()).isEmpty();
    }
  }

  private static long hits(Receiver receiver) {
    Map<String, String> attributes = new TreeMap<>(Map.of("shop", "main", "source", "app0"));
    return Receiver.count(receiver.last("e2e.hits", attributes));
  }

  private static void assertHeld(Receiver receiver, EndToEnd.Counted counted) {
    Map<String, String> source = Map.of("source", counted.source());
    Map<String, String> shop = new TreeMap<>(source);
    shop.put("shop", "main");
    EndToEnd.settles(() -> Receiver.count(receiver.last("e2e.hits", shop)), counted.hits());
    EndToEnd.settles(
        () -> Receiver.count(receiver.last("e2e.works.time", source)), counted.works());
    EndToEnd.settles(
        () -> Receiver.count(receiver.last("e2e.known.time", source)), counted.known());
    EndToEnd.settles(
        () -> (long) receiver.last("e2e.known.time", source).histogram().getSum(),
        counted.knownNanos());
    EndToEnd.settles(
        () -> receiver.last("e2e.depth.value", source).value(), (double) -counted.hits());
  }
}
