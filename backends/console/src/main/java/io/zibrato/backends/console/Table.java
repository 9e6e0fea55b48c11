package io.zibrato.backends.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Rows as lines of text that fill a terminal of some size: what has no room is left out. */
final class Table {
  private static final int LEAST_LABEL = 24;
  private static final int MOST_SOURCE = 20;

  /**
   * @param rank the higher, the sooner it is left out
   */
  private record Column(String head, int width, int rank, Function<Row, String> cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("count", 14, 0, row -> Text.count(row.count())),
          new Column("per s", 11, 1, row -> Text.number(row.rate())),
          new Column("value", 11, 2, Table::value),
          new Column("p50", 9, 5, row -> quantile(row, 0.5)),
          new Column("p95", 9, 6, row -> quantile(row, 0.95)),
          new Column("p99", 9, 4, row -> quantile(row, 0.99)),
          new Column("max", 9, 7, Table::most));
  private static final int SOURCE_RANK = 3;

  private Table() {}

  private static String value(Row row) {
    return row.kind() == Row.Kind.TIMER ? Text.seconds(row.value()) : Text.number(row.value());
  }

  private static String quantile(Row row, double q) {
    return Text.seconds(row.quantile(q));
  }

  private static String most(Row row) {
    return row.histogram().size() == 0 ? "" : Text.seconds(row.mostNanos() / 1e9);
  }

  /**
   * @param height 1 or more lines: the heading, then rows
   * @return at most {@code height} lines of exactly {@code width} columns
   */
  static List<String> lines(List<Row> rows, int width, int height) {
    int shown = Math.min(rows.size(), height - 1);
    int source = MOST_SOURCE;
    List<Column> columns = new ArrayList<>(COLUMNS);
    int rank = COLUMNS.size();
    while (width - source - width(columns) < LEAST_LABEL && rank > 0) {
      int out = rank--;
      if (out == SOURCE_RANK) source = 0;
      columns.removeIf(column -> column.rank == out);
    }
    int label = Math.max(0, width - source - width(columns));
    List<String> lines = new ArrayList<>();
    StringBuilder head = begin("series", "source", label, source);
    for (Column column : columns) right(head, column.head, column.width);
    lines.add(Text.fit(head.toString(), width));
    for (Row row : rows.subList(0, shown)) {
      StringBuilder line = begin(row.label(), row.source(), label, source);
      for (Column column : columns) right(line, column.cell.apply(row), column.width);
      lines.add(Text.fit(line.toString(), width));
    }
    return lines;
  }

  private static int width(List<Column> columns) {
    int width = 0;
    for (Column column : columns) width += column.width;
    return width;
  }

  private static StringBuilder begin(String label, String source, int labelWidth, int width) {
    StringBuilder line = new StringBuilder(Text.fit(label, labelWidth));
    if (width > 0) line.append(' ').append(Text.fit(source, width - 1));
    return line;
  }

  private static void right(StringBuilder line, String text, int width) {
    line.append(" ".repeat(Math.max(1, width - text.length()))).append(text);
  }
}
