package io.zibrato.store.points;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.data.Database;
import io.zibrato.store.points.PointPages.Span;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointPagesTest {
  private static final long T = 1_700_000_000L / 86_400 * 86_400; // a whole day
  private static final long ALL = Long.MAX_VALUE;
  private static final int SERIES = 10;
  private static final int MANY = 100_000;

  @TempDir Path dir;
  private Database database;
  private Connection connection;
  private PointWriter writer;
  private final AtomicInteger searches = new AtomicInteger();

  @BeforeEach
  void open() throws Exception {
    database = Database.open(dir);
    connection = database.writer();
    connection.setAutoCommit(false); // one transaction, so that nothing waits for the disk
    writer = new PointWriter(connection);
    try (Statement statement = connection.createStatement()) {
      for (int series = 1; series <= SERIES; series++) {
        statement.execute("INSERT INTO series VALUES (" + series + ", 1, " + series + ")");
      }
    }
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 60, 300})
  void read_takesTheCoarserSpanThatOverlapsTheStart(long period) throws Exception {
    send(1, T + 61, 1);
    send(1, T + 600, 2);
    send(1, T + 1000, 4);
    pack();
    keepQuartersOnly();
    send(1, T + 130, 8); // and what has not been packed yet

    for (final long start : new long[] {T, T + 60, T + 125, T + 600, T + 890}) {
      assertThat(sums(span(period, start, T + 890, ALL, false, MANY))).containsExactly(T, 11L);
      assertThat(sums(span(period, start, T + 1200, 1, false, MANY))).containsExactly(T, 11L);
      assertThat(sums(span(period, start, T + 1800, 1, true, MANY))).containsExactly(T + 900, 4L);
    }
    assertThat(sums(span(period, T + 900, T + 1800, ALL, false, MANY)))
        .containsExactly(T + 900, 4L);
    assertThat(sums(span(period, T + 1800, T + 3600, ALL, false, MANY))).isEmpty();
    assertThat(sums(span(period, T + 660, T + 300, ALL, false, MANY))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 60})
  void read_goesOnAfterACoarserSpanWithoutRepeatingIt(long period) throws Exception {
    send(1, T + 61, 1);
    send(1, T + 1000, 4);
    pack();
    keepQuartersOnly();
    send(1, T + 130, 8);

    assertThat(paged(period, T + 120, T + 3600, 1)).containsExactly(T, T + 900);
  }

  @Test
  void read_ofTheLastTimeFindsItInAnEmptyHourSoon() throws Exception {
    for (int series = 1; series <= SERIES; series++) {
      send(series, T, 1);
    }
    pack();

    final List<Long> last = sums(span(1, T - 86_400, T + 86_400, 1, true, SERIES));
    assertThat(last).hasSize(2 * SERIES).startsWith(T, 1L);
    assertThat(searches).hasValueLessThan(20);
  }

  @Test
  void read_crossesTheEmptyPartOfAnHourSoon() throws Exception {
    send(1, T, 1);
    send(2, T + 3500, 2);
    pack();

    assertThat(sums(span(1, T - 86_400, T + 86_400, ALL, false, SERIES)))
        .containsExactly(T, 1L, T + 3500, 2L);
    assertThat(searches).hasValueLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void read_pagesAreTheSameHoweverWideItsWindowsGet(long seed) throws Exception {
    final Random random = new Random(seed);
    final TreeSet<Long> times = new TreeSet<>();
    for (int burst = 0; burst < 12; burst++) {
      final long start = T + random.nextInt(4 * 3600);
      for (int i = 0; i < 1 << random.nextInt(7); i++) {
        times.add(start + i);
        send(1 + random.nextInt(SERIES), start + i, 1);
      }
      if (burst % 3 == 0) {
        pack();
      }
    }
    for (final int maxPoints : new int[] {3, 25, 400}) {
      assertThat(paged(1, T - 7200, T + 86_400, maxPoints)).containsExactlyElementsOf(times);
    }
    for (final int count : new int[] {1, 7, 90}) {
      final List<Long> last = times.stream().skip(Math.max(0, times.size() - count)).toList();
      final Span span = span(1, 0, T + 86_400, count, true, 1000);
      assertThat(new TreeSet<>(times(page(span)))).containsExactlyElementsOf(last);
    }
  }

  private static Span span(
      long period, long start, long end, long count, boolean last, int maxPoints) {
    return new Span(period, start, end - end % period + period, count, last, maxPoints);
  }

  /** All times, by pages that go on where the one before ended. */
  private List<Long> paged(long period, long start, long end, int maxPoints) throws SQLException {
    final List<Long> all = new ArrayList<>();
    Long from = start;
    while (from != null) {
      final PointPages.Page page = page(span(period, from, end, ALL, false, maxPoints));
      all.addAll(new TreeSet<>(times(page)));
      from = page.nextTime();
    }
    return all;
  }

  private static List<Long> times(PointPages.Page page) {
    return page.groups().stream().flatMap(List::stream).map(Point::time).toList();
  }

  /** Time and sum of each point. */
  private List<Long> sums(Span span) throws SQLException {
    return page(span).groups().stream()
        .flatMap(List::stream)
        .flatMap(point -> LongStream.of(point.time(), point.sum().longValue()).boxed())
        .toList();
  }

  private PointPages.Page page(Span span) throws SQLException {
    final List<Long> all = LongStream.rangeClosed(1, SERIES).boxed().toList();
    try (PointReader reader = new PointReader(counting(), all)) {
      return PointPages.read(reader, all.stream().map(List::of).toList(), span);
    }
  }

  /** The reader prepares one statement for each search of a time. */
  private Connection counting() {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              searches.addAndGet(method.getName().equals("prepareStatement") ? 1 : 0);
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void send(long series, long time, long value) throws SQLException {
    writer.begin();
    writer.add(series, Point.single(time, value, false));
    writer.end();
  }

  private void pack() throws SQLException {
    new Packer(connection, writer).pack();
  }

  private void keepQuartersOnly() throws SQLException {
    final Retention retention = new Retention(3600, 3600, Retention.FOREVER, Retention.FOREVER);
    final Expiry expiry = new Expiry(connection, writer, retention);
    expiry.begin(T + 86_400);
    while (expiry.due()) {
      expiry.delete();
    }
  }
}
