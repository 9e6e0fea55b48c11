package io.zibrato.samples.shop;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.GaugeMe;
import io.zibrato.annotations.Levels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The lines of one order. For one thread. */
final class Basket {
  private record Line(int item, int quantity) {}

  private final List<Line> lines = new ArrayList<>();
  private final LongAdder added;

  Basket(Tally tally) {
    this.added = tally.of("shop.line");
  }

  /** Reads lines of {@code item quantity}. */
  void addAll(List<String> text) {
    for (String line : text) {
      String[] words = line.split(" ");
      added.increment();
      add(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
    }
  }

  @CountMe(level = Levels.DEBUG, name = "shop.line")
  private void add(int item, int quantity) {
    lines.add(new Line(item, quantity));
  }

  @GaugeMe(name = "shop.basket.size")
  int size() {
    return lines.size();
  }

  long cents(Catalog catalog) {
    long cents = 0;
    for (Line line : lines) cents += line.quantity * catalog.centsOf(line.item);
    return cents;
  }
}
