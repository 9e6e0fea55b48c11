package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelivererTest {
  private static final Spool.Alongside NOTHING = connection -> {};
  private final WorkerCounts counts = new WorkerCounts();
  @TempDir private Path dir;
  private StateFile state;
  private Spool spool;
  private final Queue<Exception> connectFailures = new ConcurrentLinkedQueue<>();
  private final Queue<Exception> flushFailures = new ConcurrentLinkedQueue<>();
  private final Queue<String> busyOnceFor = new ConcurrentLinkedQueue<>();
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private final List<String> fatal = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile Runnable onRefusal = () -> {};
  private volatile boolean hangs;
  private volatile boolean closed;
  private Deliverer deliverer;

  /** Refuses the names that begin with "bad", and fails as it is told. */
  private final class FakeBackend extends Backend {
    @Override
    public void connect() throws IOException, FatalException {
      Exception failure = connectFailures.poll();
      if (failure instanceof IOException e) throw e;
      if (failure instanceof FatalException e) throw e;
    }

    @Override
    public void flush(Snapshot snapshot) throws IOException, DeliveryException {
      if (hangs) awaitForever();
      Exception failure = flushFailures.poll();
      if (failure instanceof IOException e) throw e;
      if (failure instanceof DeliveryException e) throw e;
      if (failure instanceof RuntimeException e) throw e;
      List<String> names = snapshot.measurements().stream().map(m -> m.key().name()).toList();
      if (names.stream().anyMatch(busyOnceFor::remove)) throw new RetryException("busy");
      if (names.stream().anyMatch(name -> name.startsWith("bad"))) {
        onRefusal.run();
        refusals.incrementAndGet();
        throw new RefusedException("no bad names");
      }
      delivered.addAll(names);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @BeforeEach
  void open() throws Exception {
    state = StateFile.open(dir);
    spool = spool(1 << 20);
    deliverer =
        new Deliverer(
            new FakeBackend(),
            spool,
            counts,
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), new SplittableRandom(1)),
            fatal::add);
  }

  private Spool spool(long maxBytes) throws SQLException {
    return new Spool(state, maxBytes, Duration.ofDays(1), counts);
  }

  @AfterEach
  void stop() throws InterruptedException, IOException {
    never.countDown();
    deliverer.finish(Duration.ofMillis(100));
    state.close();
  }

  @Test
  void deliver_inOrder() {
    add("a", "b");
    add("c");
    deliverer.start();

    await().until(() -> counts.delivered.get() == 3);
    assertThat(delivered).containsExactly("a", "b", "c");
    assertThat(spool.held().measurements()).isZero();
  }

  @Test
  void deliver_triesTheSameAgain() {
    flushFailures.add(new RetryException("busy"));
    flushFailures.add(new IOException("gone"));
    flushFailures.add(new FatalException("credentials, all of a sudden"));
    add("a");
    add("b");
    deliverer.start();

    await().until(() -> counts.delivered.get() == 2);
    assertThat(delivered).containsExactly("a", "b");
    assertThat(counts.retries.get()).isEqualTo(3);
    assertThat(counts.ambiguousRetries.get()).isEqualTo(1);
    assertThat(fatal).isEmpty();
  }

  /** A part that was taken is not sent again because a later one has to be. */
  @Test
  void deliver_doesNotRepeatWhatWasTaken() {
    busyOnceFor.add("c");
    spool.add(snapshot("a", "b", "c", "d").batches(2), NOTHING);
    deliverer.start();

    await().until(() -> counts.delivered.get() == 4);
    assertThat(delivered).containsExactly("a", "b", "c", "d");
    assertThat(counts.retries.get()).isEqualTo(1);
  }

  @Test
  void refused_findsTheOffenders() {
    add("a", "b", "bad1", "c", "d", "e", "bad2", "f", "g");
    add("h");
    deliverer.start();

    await().until(() -> counts.delivered.get() == 8);
    assertThat(delivered).containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
    assertThat(spool.refused())
        .extracting(refused -> refused.measurement().key().name() + ": " + refused.reason())
        .containsExactly("bad1: no bad names", "bad2: no bad names");
    assertThat(counts.losses.count(Loss.REFUSED)).isEqualTo(2);
    assertThat(spool.held().measurements()).isZero();
  }

  /** What the service took the others of a part without is counted, and nothing is sent again. */
  @Test
  void takenInPart_isDeliveredButForWhatIsLost() throws Exception {
    flushFailures.add(new TakenInPartException(1, 1, "two were left out"));
    flushFailures.add(new TakenInPartException(0, 99, "more than there are"));
    add("a", "b", "c", "d", "e");
    add("f");
    add("g");
    deliverer.start();

    await().until(() -> counts.delivered.get() == 4);
    assertThat(delivered).containsExactly("g");
    assertThat(counts.losses.byCause()).isEqualTo(Map.of(Loss.TOTALS_CAP, 1L, Loss.REFUSED, 2L));
    assertThat(counts.retries).hasValue(0);
    assertThat(spool.held().measurements()).isZero();
    assertThat(deliverer.troubled()).isFalse();
    assertThat(deliverer.lastProblem().reason()).isEqualTo("more than there are");
    deliverer.finish(Duration.ofSeconds(10));
    Tally tally = state.transaction(Tally::load);
    assertThat(tally.of(Tally.DELIVERED)).isEqualTo(4);
    assertThat(tally.lost()).isEqualTo(counts.losses.byCause());
  }

  @Test
  void deliver_setsAsideWhatTheBackendFailsOn() {
    flushFailures.add(new IllegalStateException("bug"));
    add("a");
    add("b");
    deliverer.start();

    await().until(() -> counts.delivered.get() == 1);
    assertThat(delivered).containsExactly("b");
    assertThat(spool.refused()).hasSize(1);
  }

  /** Where the disk takes no halves, the service is not asked the same again and again. */
  @Test
  void refused_waitsForTheDisk() throws Exception {
    add("bad1", "a");
    onRefusal = () -> readOnly(true);
    deliverer.start();
    await().until(() -> refusals.get() > 0);
    // Long enough for thousands of requests.
    await().during(Duration.ofMillis(500)).until(() -> refusals.get() <= 2);
    onRefusal = () -> {};
    readOnly(false);

    await().until(() -> delivered.contains("a") && spool.held().measurements() == 0);
    assertThat(counts.losses.count(Loss.REFUSED)).isEqualTo(1);
  }

  private void readOnly(boolean readOnly) {
    try {
      state.transaction(
          connection ->
              connection.createStatement().execute("PRAGMA query_only = " + (readOnly ? 1 : 0)));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void connect_isTriedUntilItWorks() {
    connectFailures.add(new IOException("refused"));
    connectFailures.add(new IOException("refused"));
    add("a");
    deliverer.start();

    await().until(() -> counts.delivered.get() == 1);
    assertThat(deliverer.connected()).isTrue();
  }

  @Test
  void connect_mayBeFatal() {
    connectFailures.add(new FatalException("wrong credentials"));
    deliverer.start();

    await().until(() -> !fatal.isEmpty());
    assertThat(fatal).containsExactly("wrong credentials");
    await().until(() -> closed);
  }

  @Test
  void finish_deliversWhatIsThere() throws InterruptedException {
    add("a");
    flushFailures.add(new RetryException("busy"));
    deliverer.start();
    deliverer.finish(Duration.ofSeconds(10));

    assertThat(delivered).containsExactly("a");
    assertThat(closed).isTrue();
  }

  @Test
  void finish_leavesWhatItCannotDeliverToTheNext() throws Exception {
    hangs = true;
    add("a", "b");
    deliverer.start();
    deliverer.finish(Duration.ofMillis(50));

    assertThat(closed).isTrue();
    assertThat(counts.losses.byCause()).isEmpty();
    Spool next = spool(1 << 20);
    assertThat(next.held().measurements()).isEqualTo(2);
    assertThat(next.oldest(0).size()).isEqualTo(2);
    assertThat(counts.ambiguousRetries).hasValue(1);
  }

  @Test
  void finish_endsALongPause() throws InterruptedException {
    Duration anHour = Duration.ofHours(1);
    flushFailures.add(new RetryException("busy", anHour, false, null));
    add("a");
    deliverer.start();
    await().until(() -> counts.retries.get() == 1);

    deliverer.finish(Duration.ofSeconds(10));

    assertThat(delivered).containsExactly("a");
  }

  @Test
  void backoff_growsToItsMost() {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), new SplittableRandom(7));
    long most = 0;
    for (int i = 0; i < 100; i++) most = Math.max(most, backoff.nextMillis(Duration.ZERO));

    assertThat(most).isBetween(200_000L, 300_000L);
    backoff.reset();
    assertThat(backoff.nextMillis(Duration.ZERO)).isLessThanOrEqualTo(1000);
    assertThat(backoff.nextMillis(Duration.ofSeconds(90))).isEqualTo(90_000);
    assertThat(backoff.nextMillis(Duration.ofDays(999))).isEqualTo(3_600_000);
  }

  private void awaitForever() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(String... names) {
    spool.add(List.of(snapshot(names)), NOTHING);
  }

  private static Snapshot snapshot(String... names) {
    List<CounterTotal> counters = new ArrayList<>();
    for (String name : names) counters.add(new CounterTotal(new SeriesKey(name, ""), 1));
    long now = System.currentTimeMillis();
    return new Snapshot(1, now - 1, now, counters, List.of(), List.of());
  }
}
