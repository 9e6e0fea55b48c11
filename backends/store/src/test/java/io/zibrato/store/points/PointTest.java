package io.zibrato.store.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointTest {
  private static final long HOUR = 472_222;
  private static final long T = HOUR * 3600;

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        63,
        64,
        -64,
        -65,
        127,
        128,
        8191,
        8192,
        1 << 20,
        1L << 28,
        1L << 35,
        1L << 42,
        1L << 49,
        1L << 56,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void whole_comesBack(long value) {
    final Bytes out = new Bytes();
    out.number(value);
    out.varint(value);
    out.zigzag(value);
    final ByteCursor in = new ByteCursor(out.copy());

    assertThat(in.number()).isEqualTo(value);
    assertThat(in.varint()).isEqualTo(value);
    assertThat(in.zigzag()).isEqualTo(value);
    assertThat(in.more()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0.5, -0.5, Math.PI, 1e126, -1e126, 1e-130, Double.MAX_VALUE, Double.MIN_VALUE})
  void fraction_comesBack(double value) {
    final Bytes out = new Bytes();
    out.number(value);
    out.number(null);
    final ByteCursor in = new ByteCursor(out.copy());

    assertThat(in.number()).isEqualTo(value);
    assertThat(in.number()).isNull();
  }

  @Test
  void packed_comesBack() {
    final Point many = Point.summary(T + 60, 3, 35L, 4.5, 6.7, null);
    final Point sum = Point.single(T + 120, 0.1, false);
    sum.add(Point.single(T + 121, 0.2, false));
    sum.add(Point.single(T + 122, 5L, false));
    final Point counter = Point.single(T + 3540, 7L, true);
    counter.add(Point.single(T + 3599, 9L, true));
    final List<Point> points =
        List.of(Point.single(T, -3L, false), many, sum, Point.single(T + 180, 1L, true), counter);

    final byte[] data = Packed.pack(points, HOUR, Resolution.MINUTE, new Bytes());
    final List<Point> read = Packed.unpack(data, HOUR, Resolution.MINUTE);

    assertThat(read)
        .extracting(PointTest::text)
        .isEqualTo(points.stream().map(PointTest::text).toList());
    assertThat(read.get(1).sumSquares()).isNull();
    assertThat(read.get(2).sum()).isEqualTo(5.3);
    assertThat(read.get(4).value()).isEqualTo(9L);
  }

  @Test
  void count_ofMoreThanCanBeToldStaysTheMost() {
    final Point point = Point.summary(T, Long.MAX_VALUE, 8L, 1L, 1L, null);

    point.add(Point.summary(T, Long.MAX_VALUE, 8L, 1L, 1L, null));
    point.add(Point.single(T, 1L, false));

    assertThat(point.count()).isEqualTo(Long.MAX_VALUE);
    assertThat(point.mean().doubleValue()).isPositive();
  }

  static String text(Point point) {
    return String.join(
        " ",
        List.of(
            "" + point.time(),
            "" + point.count(),
            "" + point.sum(),
            "" + point.min(),
            "" + point.max(),
            "" + point.sumSquares(),
            "" + point.value()));
  }

  @Test
  void add_leavesOutWhatNotAllTell() {
    final Point point = Point.summary(T, 2, 10L, 4L, 6L, null);
    point.add(Point.single(T, 2L, false));
    point.add(Point.summary(T, 1, 9L, null, 9L, 81L));

    assertThat(text(point)).isEqualTo(T + " 4 21 null 9 null 5.25");
  }

  @Test
  void add_keepsTheLastOfACounterThoughItCameFirst() {
    final Point point = Point.single(T + 50, 9L, true);
    point.add(Point.single(T + 10, 5L, true));

    assertThat(point.value()).isEqualTo(9L);
    point.add(Point.single(T + 50, 10L, true));
    assertThat(point.value()).isEqualTo(10L);
  }

  @Test
  void packed_keepsWhereACounterStoodBesideASummary() {
    final Point summaryFirst = Point.summary(T, 2, 10L, 4L, 6L, 52L);
    summaryFirst.add(Point.single(T + 5, 100L, true));
    final Point counterFirst = Point.single(T + 60, 100L, true);
    counterFirst.add(Point.summary(T + 65, 2, 10L, 4L, 6L, 52L));
    final List<Point> points = List.of(summaryFirst, counterFirst);

    final byte[] data = Packed.pack(points, HOUR, Resolution.MINUTE, new Bytes());

    assertThat(Packed.unpack(data, HOUR, Resolution.MINUTE))
        .extracting(PointTest::text)
        .isEqualTo(points.stream().map(PointTest::text).toList())
        .allMatch(text -> text.endsWith(" 100"));
  }

  @Test
  void copy_sharesNothing() {
    final Point point = Point.summary(T, 2, 10L, 4L, 6L, 52L);
    final Point copy = point.copy();
    copy.add(Point.single(T, 100L, false));

    assertThat(text(point)).isEqualTo(T + " 2 10 4 6 52 5");
    assertThat(text(copy)).isEqualTo(T + " 3 110 4 100 10052 36.666666666666664");
  }

  @Test
  void key_holdsSeriesAndHour() {
    final long key = HourKey.of(123_456_789, HOUR);

    assertThat(HourKey.series(key)).isEqualTo(123_456_789);
    assertThat(HourKey.hour(key)).isEqualTo(HOUR);
    assertThat(HourKey.end(5)).isEqualTo(HourKey.of(6, 0));
    assertThat(HourKey.hourOf(T + 3599)).isEqualTo(HOUR);
    assertThat(HourKey.hourOf(-1)).isZero();
  }
}
