package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zibrato.meter.Histogram;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final Spool.Alongside NOTHING = connection -> {};
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path dir;
  private final WorkerCounts counts = new WorkerCounts();
  private final LossTally losses = counts.losses;
  private final long nowMillis = System.currentTimeMillis();
  private StateFile state;
  private Spool spool;

  @BeforeEach
  void open() throws IOException, SQLException {
    state = StateFile.open(dir);
    spool = new Spool(state, 1 << 20, DAY, counts);
  }

  @AfterEach
  void close() throws IOException {
    state.close();
  }

  private void reopen() throws IOException, SQLException {
    close();
    open();
  }

  @Test
  void parts_areThereAfterAnEnd() throws Exception {
    SeriesKey key = new SeriesKey("größe", "src", Map.of("k", "v"));
    Snapshot part =
        new Snapshot(
            7,
            nowMillis - 5,
            nowMillis,
            List.of(new CounterTotal(key, Long.MAX_VALUE)),
            List.of(new TimerTotal(key, 3, 20, 5, 9, Histogram.ofOne(9).plus(Histogram.ofOne(5)))),
            List.of(new GaugeValue(key, 12, -0.5)));
    spool.add(List.of(part), NOTHING);
    reopen();

    assertThat(spool.held().measurements()).isEqualTo(3);
    assertThat(spool.oldest(0)).isEqualTo(part);
  }

  @Test
  void accepted_isGoneForGood() throws Exception {
    add("a", "b", "c");
    spool.oldest(0);
    spool.accepted();
    spool.oldest(0);
    spool.accepted();
    spool.end("test");
    reopen();

    assertThat(left()).containsExactly("c");
    assertThat(losses.byCause()).isEmpty();
  }

  @Test
  void partInHand_isInDoubtUntilItsFateIsKnown() throws Exception {
    add("a");
    spool.oldest(0);
    assertThat(counts.ambiguousRetries).hasValue(0);
    spool.end("test");
    reopen();
    spool.oldest(0);
    assertThat(counts.ambiguousRetries).hasValue(1);
    assertThat(ambiguousInAll()).isEqualTo(1);

    spool.notTaken();
    spool.oldest(0);
    spool.end("test");
    assertThat(counts.ambiguousRetries).hasValue(1);
    assertThat(ambiguousInAll()).isEqualTo(1);
  }

  @Test
  void part_isNotHandedOutWhereTheDiskTakesNoMark() throws Exception {
    add("a");
    readOnly(true);
    spool.wake();
    assertThat(spool.oldest(0)).isNull();
    readOnly(false);

    assertThat(spool.oldest(0)).isNotNull();
    assertThat(counts.ambiguousRetries).hasValue(0);
  }

  /** What is delivered at last when the disk fails is delivered again, and told of. */
  @Test
  void partAccepted_thatTheDiskDoesNotHearOf_isInDoubt() throws Exception {
    add("a");
    add("b");
    spool.oldest(0);
    readOnly(true);
    spool.accepted();
    spool.wake();
    assertThat(spool.oldest(0)).isNull();
    spool.end("test");
    readOnly(false);
    reopen();

    assertThat(left()).containsExactly("a", "b");
    assertThat(ambiguousInAll()).isEqualTo(1);
  }

  private void readOnly(boolean readOnly) throws SQLException {
    state.transaction(
        connection ->
            connection.createStatement().execute("PRAGMA query_only = " + (readOnly ? 1 : 0)));
  }

  private long ambiguousInAll() throws SQLException {
    return state.transaction(Tally::load).of(Tally.AMBIGUOUS);
  }

  @Test
  void split_keepsTheOrder() throws Exception {
    spool.add(List.of(snapshot("a", "b", "c"), snapshot("d")), NOTHING);
    spool.oldest(0);
    spool.split();
    spool.oldest(0);
    spool.accepted();
    spool.oldest(0);
    spool.split();
    spool.end("test");
    reopen();

    assertThat(left()).containsExactly("b", "c", "d");
  }

  @Test
  void refused_isSetAsideWithItsReason() throws Exception {
    add("bad", "b");
    spool.oldest(0);
    spool.refuse("no such thing");
    reopen();

    assertThat(spool.refused()).hasSize(1);
    assertThat(spool.refused().get(0).measurement().key().name()).isEqualTo("bad");
    assertThat(spool.refused().get(0).reason()).isEqualTo("no such thing");
    assertThat(losses.byCause()).containsExactly(entry(Loss.REFUSED, 1L));
    assertThat(left()).containsExactly("b");
  }

  @Test
  void size_costsTheOldestButTheOneInHand() throws Exception {
    int bytes = SnapshotCodec.encode(snapshot("a")).length;
    Spool small = new Spool(state, 3L * bytes, DAY, counts);
    small.add(List.of(snapshot("a")), NOTHING);
    small.oldest(0);
    small.add(List.of(snapshot("b"), snapshot("c"), snapshot("d"), snapshot("e")), NOTHING);
    small.accepted();

    assertThat(left(small)).containsExactly("d", "e");
    assertThat(losses.byCause()).containsExactly(entry(Loss.SPOOL_FULL, 2L));
  }

  @Test
  void age_costsWhatIsTooOld() throws Exception {
    Snapshot old =
        new Snapshot(
            1, 0, nowMillis - 90_000_000, snapshot("old").counters(), List.of(), List.of());
    spool.add(List.of(old, snapshot("new")), NOTHING);

    assertThat(left()).containsExactly("new");
    assertThat(losses.byCause()).containsExactly(entry(Loss.SPOOL_AGE, 1L));
  }

  @Test
  void damagedPart_costsItselfOnly() throws Exception {
    add("a", "b", "c");
    state.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE spool SET data = x'ff' || substr(data, 2)" + " WHERE place = 1")) {
            update.execute();
          }
          return null;
        });

    assertThat(left()).containsExactly("a", "c");
    assertThat(losses.byCause()).containsExactly(entry(Loss.SPOOL_DAMAGED, 1L));
    reopen();
    assertThat(spool.held().measurements()).isZero();
  }

  /** What is written alongside and the parts are there both, or neither. */
  @Test
  void add_isWholeOrNotAtAll() throws Exception {
    Spool.Alongside full =
        connection -> {
          LedgerTables.setNumber(connection, "beside", 1);
          throw new SQLException("database or disk is full");
        };
    assertThat(spool.add(List.of(snapshot("a")), full)).isFalse();
    assertThat(spool.oldest(0)).isNull();
    assertThat(spool.held().measurements()).isEqualTo(1);
    assertThat(beside()).isZero();

    boolean kept =
        spool.add(
            List.of(snapshot("b")), connection -> LedgerTables.setNumber(connection, "beside", 2));
    assertThat(kept).isTrue();
    assertThat(beside()).isEqualTo(2);
    assertThat(left()).containsExactly("a", "b");
    assertThat(losses.byCause()).isEmpty();
  }

  @Test
  void end_countsWhatTheDiskNeverTook() {
    spool.add(
        List.of(snapshot("a", "b")),
        connection -> {
          throw new SQLException("database or disk is full");
        });
    spool.end("test");

    assertThat(losses.byCause()).containsExactly(entry(Loss.UNDELIVERED, 2L));
    assertThat(spool.held().measurements()).isZero();
  }

  /** Parts without the ledger that belongs to them would count twice. */
  @Test
  void end_writesNoPendingPartWithoutItsLedger() throws Exception {
    add("a");
    spool.oldest(0);
    spool.accepted();
    spool.add(
        List.of(snapshot("b")),
        connection -> {
          throw new SQLException("database or disk is full");
        });
    spool.end("test");
    reopen();

    assertThat(spool.held().measurements()).isZero();
  }

  private long beside() throws SQLException {
    return state.transaction(connection -> LedgerTables.number(connection, "beside", 0));
  }

  /** One part each. */
  private void add(String... names) {
    List<Snapshot> parts = new ArrayList<>();
    for (String name : names) parts.add(snapshot(name));
    spool.add(parts, NOTHING);
  }

  private List<String> left() throws InterruptedException {
    return left(spool);
  }

  private static List<String> left(Spool spool) throws InterruptedException {
    List<String> names = new ArrayList<>();
    while (spool.held().measurements() > 0) {
      Snapshot part = spool.oldest(0);
      if (part == null) continue;
      part.measurements().forEach(each -> names.add(each.key().name()));
      spool.accepted();
    }
    spool.oldest(0);
    return names;
  }

  private Snapshot snapshot(String... names) {
    List<CounterTotal> counters = new ArrayList<>();
    for (String name : names) counters.add(new CounterTotal(new SeriesKey(name, ""), 1));
    return new Snapshot(1, nowMillis - 1, nowMillis, counters, List.of(), List.of());
  }
}
