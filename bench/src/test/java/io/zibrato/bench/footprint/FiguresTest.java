package io.zibrato.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void lines_areTakenAsTheyWerePrinted() {
    Figures printed = new Figures();
    printed.put("bytes", 1.0 / 3);
    printed.put("none", Double.NaN);
    Figures taken = new Figures();

    assertThat(printed.lines()).allMatch(taken::take);

    assertThat(taken.byName()).isEqualTo(printed.byName());
  }

  @Test
  void take_passesOverWhatIsNoFigure() {
    Figures figures = new Figures();

    assertThat(figures.take("WARNING: something else")).isFalse();
    assertThat(figures.byName()).isEmpty();
    assertThat(figures.of("absent")).isNaN();
  }

  @Test
  void median_ofEachFigure() {
    Figures median = Figures.median(List.of(of(3, 1), of(1, 9), of(2, 5)));

    assertThat(median.of("a")).isEqualTo(2);
    assertThat(median.of("b")).isEqualTo(5);
  }

  private static Figures of(double a, double b) {
    Figures figures = new Figures();
    figures.put("a", a);
    figures.put("b", b);
    return figures;
  }
}
