package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zibrato.backends.testing.FrameBuilder;
import io.zibrato.meter.SeriesType;
import io.zibrato.wire.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTablesTest {
  private static final long BEGAN = 1_700_000_000_000L;
  private static final UUID APP = new UUID(1, 1);

  @TempDir private Path dir;
  private final LossTally losses = new LossTally();
  private final List<Measurement> booked = new ArrayList<>();
  private StateFile state;
  private Ledger ledger;

  @BeforeEach
  void open() throws IOException, SQLException {
    state = StateFile.open(dir);
    load(BEGAN);
  }

  @AfterEach
  void close() throws IOException {
    state.close();
  }

  /** As after a kill, an hour later: what was not saved is not known. */
  private void restart() throws IOException, SQLException {
    state.close();
    state = StateFile.open(dir);
    load(BEGAN + 3_600_000);
    booked.clear();
  }

  private void load(long nowMillis) throws SQLException {
    ledger = state.transaction(connection -> LedgerTables.load(connection, nowMillis, losses));
  }

  private void save() throws SQLException {
    state.transaction(
        connection -> {
          LedgerTables.save(connection, ledger);
          return null;
        });
    ledger.saved();
  }

  @Test
  void booked_isNotBookedAgain() throws Exception {
    FrameBuilder first =
        frame(1)
            .full()
            .define(0, SeriesType.COUNTER, "c")
            .define(70_000, SeriesType.TIMER, "t")
            .define(2, SeriesType.GAUGE, "g")
            .counter(0, 5)
            .timer(70_000, 1000, 2000)
            .gauges(1, new Frame.GaugeValue(2, BEGAN, 1.5))
            .lost("gauge-queue-full", 3);
    book(first);
    save();
    restart();
    book(first);
    assertThat(booked).isEmpty();

    book(
        frame(2)
            .counter(0, 7)
            .timer(70_000, 1000, 2000, 3000)
            .gauges(1, new Frame.GaugeValue(2, BEGAN, 1.5))
            .gauges(2, new Frame.GaugeValue(2, BEGAN + 1, 2.5))
            .lost("gauge-queue-full", 4));
    assertThat(booked).hasSize(3);
    assertThat(((CounterTotal) booked.get(0)).sum()).isEqualTo(2);
    assertThat(((TimerTotal) booked.get(1)).sumNanos()).isEqualTo(3000);
    assertThat(((TimerTotal) booked.get(1)).timed()).isEqualTo(1);
    assertThat(((GaugeValue) booked.get(2)).value()).isEqualTo(2.5);
    assertThat(losses.byCauseOfApplications()).containsExactly(entry("gauge-queue-full", 4L));
  }

  /** The state began by a clock that was an hour ahead: that is not to last. */
  @Test
  void beginning_isNeverInTheFuture() throws Exception {
    load(BEGAN - 3_600_000);
    FrameBuilder frame = new FrameBuilder("info", APP, BEGAN - 1_800_000, 50);
    book(frame.full().define(0, SeriesType.COUNTER, "c").counter(0, 7));

    assertThat(booked).hasSize(1);
  }

  @Test
  void unsaved_comesAgain() throws Exception {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5));
    save();
    book(frame(2).counter(0, 9));
    restart();
    book(frame(3).counter(0, 11));

    assertThat(((CounterTotal) booked.get(0)).sum()).isEqualTo(6);
  }

  /** An instance of whose life the worker missed a part counts from its start all the same. */
  @Test
  void instanceThatBeganWhileWeWereAway_countsFromZero() throws Exception {
    restart();
    book(frame(9).full().define(0, SeriesType.COUNTER, "c").counter(0, 500));

    assertThat(((CounterTotal) booked.get(0)).sum()).isEqualTo(500);
  }

  @Test
  void gap_isSeenAcrossARestart() throws Exception {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5));
    save();
    restart();

    assertThat(book(frame(7).counter(0, 6))).isTrue();
    assertThat(book(frame(8).full().define(0, SeriesType.COUNTER, "c").counter(0, 6))).isFalse();
  }

  @Test
  void farewell_isToBeSavedSoon() throws Exception {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5));
    assertThat(ledger.leftUnsaved()).isFalse();
    book(frame(2).full().last().define(0, SeriesType.COUNTER, "c").counter(0, 6));
    assertThat(ledger.leftUnsaved()).isTrue();
    save();
    assertThat(ledger.leftUnsaved()).isFalse();
  }

  @Test
  void damagedAccount_countsFromWhatComesNext() throws Exception {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5));
    save();
    damage("account");
    restart();
    book(frame(2).full().define(0, SeriesType.COUNTER, "c").counter(0, 8));
    book(frame(3).counter(0, 9));

    assertThat(booked).hasSize(1);
    assertThat(((CounterTotal) booked.get(0)).sum()).isEqualTo(1);
    assertThat(losses.byCause()).containsExactly(entry(Loss.STATE_DAMAGED, 1L));
  }

  @Test
  void damagedInstance_countsFromWhatComesNext() throws Exception {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5));
    save();
    damage("instance");
    restart();
    book(frame(2).full().define(0, SeriesType.COUNTER, "c").counter(0, 8));
    book(frame(3).counter(0, 9));

    assertThat(booked).hasSize(1);
    assertThat(((CounterTotal) booked.get(0)).sum()).isEqualTo(1);
    assertThat(losses.byCause()).containsExactly(entry(Loss.STATE_DAMAGED, 1L));
  }

  /** Silent for more than a day, and then, to a worker that was started again, back. */
  @Test
  void instanceThatWasForgotten_isCountedAsItComesBack() throws Exception {
    book(frame(1).full().define(0, SeriesType.COUNTER, "c").counter(0, 5));
    save();
    ledger.tend(System.nanoTime() + 86_401_000_000_000L);
    save();
    restart();
    book(frame(2).full().define(0, SeriesType.COUNTER, "c").counter(0, 50));
    book(frame(3).counter(0, 51));
    save();
    restart();
    book(frame(4).counter(0, 53));

    assertThat(booked).containsExactly(new CounterTotal(new SeriesKey("c", "src"), 2));
    assertThat(losses.byCause()).containsExactly(entry(Loss.INSTANCE_FORGOTTEN, 1L));
  }

  @Test
  void forgottenInstance_isRememberedAsForgotten() throws Exception {
    book(frame(1).full().last().define(0, SeriesType.COUNTER, "c").counter(0, 5));
    save();
    ledger.tend(System.nanoTime() + 601_000_000_000L);
    save();
    restart();
    assertThat(ledger.instances()).isZero();
    book(frame(1).full().last().define(0, SeriesType.COUNTER, "c").counter(0, 5));

    assertThat(booked).isEmpty();
  }

  private void damage(String table) throws SQLException {
    state.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE " + table + " SET facts = x'00' || substr(facts, 2) || x'01'")) {
            update.execute();
          }
          return null;
        });
  }

  private boolean book(FrameBuilder frame) {
    return ledger.book(frame.build(), System.nanoTime(), booked::add);
  }

  private static FrameBuilder frame(long sequence) {
    return new FrameBuilder("info", APP, BEGAN + 1, sequence);
  }
}
