package io.zibrato.store.points;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.data.Database;
import io.zibrato.store.metrics.Tally;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in whatever order, each resolution holds the sums of all of it. */
class PackerTest {
  private static final long T = 1_700_000_000L / 86_400 * 86_400; // a whole day
  private static final long HOURS = 30;
  private static final long SERIES = 5;

  @TempDir Path dir;
  private Database database;
  private Connection connection;
  private PointWriter writer;
  private Packer packer;

  private record Sent(long series, long time, long value, boolean counter) {
    Point point() {
      return Point.single(time, value, counter);
    }
  }

  @BeforeEach
  void open() throws Exception {
    database = Database.open(dir);
    connection = database.writer();
    connection.setAutoCommit(false); // one transaction, so that nothing waits for the disk
    writer = new PointWriter(connection);
    packer = new Packer(connection, writer);
    for (long series = 1; series <= SERIES; series++) {
      execute("INSERT INTO series VALUES (" + series + ", 1, " + series + ")");
    }
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void read_isTheSumOfAllThatWasSent(long seed) throws Exception {
    final Random random = new Random(seed);
    final List<Sent> sent = new ArrayList<>();
    for (int request = 0; request < 60; request++) {
      send(sent, random);
      if (random.nextInt(4) == 0) {
        packer.pack();
      }
    }

    for (final long period : new long[] {1, 7, 60, 120, 300, 900, 3600, 7200, 86_400}) {
      compare(sent, period);
    }
    assertThat(held()).isEqualTo(sent.size());
    packer.pack();
    assertThat(count("arrived")).isZero();
    assertRollUpsEqualRaw(HourKey.hourOf(T));
  }

  /** Raw ones of the first hours are gone; what then comes for them reaches the coarser ones. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void read_isTheSumThoughRawOnesAreGone(long seed) throws Exception {
    final Random random = new Random(seed);
    final List<Sent> sent = new ArrayList<>();
    for (int request = 0; request < 20; request++) {
      send(sent, random);
    }
    packer.pack();
    expire(new Retention(3600 * 10, Retention.FOREVER, Retention.FOREVER, Retention.FOREVER));
    for (int request = 0; request < 20; request++) {
      send(sent, random);
    }
    packer.pack();

    for (final long period : new long[] {60, 300, 900, 3600, 86_400}) {
      compare(sent, period);
    }
    final long kept = sent.stream().filter(each -> each.time() >= T + (HOURS - 10) * 3600).count();
    assertThat(held()).isEqualTo(kept);
    assertRollUpsEqualRaw(HourKey.hourOf(T + (HOURS - 10) * 3600));
    // More is kept from now on, which brings nothing back.
    expire(Retention.forever());
    compare(sent, 60);
  }

  @Test
  void read_takesTheFinestKeptWhereWhatFitsIsGone() throws Exception {
    send(new Sent(1, T + 61, 1, false), new Sent(1, T + 3600, 2, false));
    send(new Sent(1, T + 20 * 3600 + 7, 4, false), new Sent(1, T + 20 * 3600 + 8, 8, false));
    packer.pack();
    expire(new Retention(3600 * 10, 3600 * 20, 3600 * 29, Retention.FOREVER));

    assertThat(times(1)).containsExactly(T, T + 3600, T + 20 * 3600 + 7, T + 20 * 3600 + 8);
    assertThat(times(60)).containsExactly(T, T + 3600, T + 20 * 3600);
    assertThat(times(86_400)).containsExactly(T);
    assertThat(count("hour_raw")).isEqualTo(1);
    assertThat(count("hour_60")).isEqualTo(1);
    assertThat(count("hour_900")).isEqualTo(2);
    assertThat(count("hour_3600")).isEqualTo(3);
  }

  @Test
  void delete_takesWhatWaitsAlongToo() throws Exception {
    send(new Sent(1, T, 1, false), new Sent(2, T, 2, false));
    packer.pack();
    send(new Sent(1, T, 3, false), new Sent(2, T, 4, false));

    writer.delete(Set.of(1L));
    execute("DELETE FROM series WHERE id = 1");

    assertThat(held()).isEqualTo(2);
    packer.pack();
    assertThat(held()).isEqualTo(2);
    assertThat(count("hour_raw")).isEqualTo(1);
    assertThat(count("hour_3600")).isEqualTo(1);
  }

  @Test
  void expiry_deletesABoundedNumberOfRowsAtATime() throws Exception {
    for (int hour = 0; hour < 1200; hour++) {
      send(new Sent(1, T - hour * 3600L, 1, false));
    }
    while (count("arrived") > 0) {
      packer.pack();
    }
    final Expiry expiry = new Expiry(connection, writer, new Retention(3600, 3600, 3600, 3600));
    expiry.begin(T + 86_400);
    int steps = 0;
    while (expiry.due()) {
      final long before = count("hour_raw") + count("hour_60") + count("hour_900");
      expiry.delete();
      final long after = count("hour_raw") + count("hour_60") + count("hour_900");
      assertThat(before - after).isLessThanOrEqualTo(500);
      steps++;
    }

    assertThat(steps).isGreaterThan(4 * 1200 / 500);
    assertThat(count("hour_raw") + count("hour_3600")).isZero();
    assertThat(held()).isZero();
    assertThat(writer.lowestTime()).isEqualTo(T + 82_800);
  }

  @Test
  void expiry_decidesAgainAfterItsDecisionWasTakenBack() throws Exception {
    send(new Sent(1, T, 1, false));
    packer.pack();
    connection.commit();
    final Expiry expiry = new Expiry(connection, writer, new Retention(3600, 3600, 3600, 3600));
    expiry.begin(T + 86_400);
    connection.rollback();
    assertThat(writer.lowestTime()).isZero();

    while (expiry.due()) {
      expiry.delete();
    }
    assertThat(Floors.read(connection).lowestTime()).isEqualTo(T + 82_800);
    assertThat(writer.lowestTime()).isEqualTo(T + 82_800);
    assertThat(count("hour_3600")).isZero();
  }

  private void send(List<Sent> sent, Random random) throws SQLException {
    final Sent[] some = new Sent[1 + random.nextInt(40)];
    for (int i = 0; i < some.length; i++) {
      final long series = 1 + random.nextInt((int) SERIES);
      final long time = T + (long) (random.nextDouble() * HOURS * 3600);
      some[i] = new Sent(series, time / 5 * 5, random.nextInt(1000), series == 1);
      sent.add(some[i]);
    }
    send(some);
  }

  private void send(Sent... sent) throws SQLException {
    writer.begin();
    for (final Sent each : sent) {
      writer.add(each.series(), each.point());
    }
    writer.end();
  }

  private void expire(Retention retention) throws SQLException {
    final Expiry expiry = new Expiry(connection, writer, retention);
    expiry.begin(T + HOURS * 3600);
    while (expiry.due()) {
      expiry.delete();
    }
  }

  private void compare(List<Sent> sent, long period) throws SQLException {
    final List<Long> all = LongStream.rangeClosed(1, SERIES).boxed().toList();
    try (PointReader reader = new PointReader(connection, all)) {
      for (final long series : all) {
        final List<Point> expected = expected(sent, series, period);
        final List<Point> read = read(reader, series, period);
        assertThat(read.stream().map(PointTest::text).toList())
            .as("series " + series + " by " + period)
            .isEqualTo(expected.stream().map(PointTest::text).toList());
      }
    }
  }

  private static List<Point> read(PointReader reader, long series, long period)
      throws SQLException {
    final long from = T - T % period;
    final long end = T + HOURS * 3600;
    return reader.read(series, period, from, end - end % period + period);
  }

  private static List<Point> expected(List<Sent> sent, long series, long period) {
    final TreeMap<Long, Point> spans = new TreeMap<>();
    sent.stream()
        .filter(each -> each.series() == series)
        .sorted(Comparator.comparingLong(Sent::time))
        .forEach(
            each -> {
              final long start = each.time() - each.time() % period;
              final Point point = each.point();
              final Point span = spans.get(start);
              if (span == null) {
                point.time(start);
                spans.put(start, point);
              } else {
                span.add(point);
              }
            });
    return List.copyOf(spans.values());
  }

  /** From the tables themselves, without the reader. */
  private void assertRollUpsEqualRaw(long fromHour) throws SQLException {
    for (long series = 1; series <= SERIES; series++) {
      for (long hour = fromHour; hour <= HourKey.hourOf(T + HOURS * 3600); hour++) {
        final List<Point> raw = unpacked(Resolution.RAW, series, hour);
        for (final Resolution resolution : Resolution.values()) {
          final List<Point> spans = new ArrayList<>();
          Packed.addInto(spans, raw.stream().map(Point::copy).toList(), resolution.seconds());
          assertThat(unpacked(resolution, series, hour).stream().map(PointTest::text).toList())
              .as(resolution + ", series " + series + ", hour " + hour)
              .isEqualTo(spans.stream().map(PointTest::text).toList());
        }
      }
    }
  }

  private List<Point> unpacked(Resolution resolution, long series, long hour) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT data FROM "
                    + resolution.table()
                    + " WHERE key = "
                    + HourKey.of(series, hour))) {
      return row.next() ? Packed.unpack(row.getBytes(1), hour, resolution) : List.of();
    }
  }

  private List<Long> times(long period) throws SQLException {
    try (PointReader reader = new PointReader(connection, List.of(1L))) {
      return read(reader, 1, period).stream().map(Point::time).toList();
    }
  }

  private long held() throws SQLException {
    return Tally.read(connection, "measurements");
  }

  private long count(String table) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT count(*) FROM " + table)) {
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
