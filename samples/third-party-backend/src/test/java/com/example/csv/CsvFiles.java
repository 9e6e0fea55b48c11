package com.example.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what the backend wrote, and nothing that is not of its form. */
final class CsvFiles {
  private static final String TEXT = "\"((?:[^\"\\p{Cc}]++|\"\")*+)\"";
  private static final Pattern ROW =
      Pattern.compile(
          "\\d+,(counter|timer|gauge),%1$s,%1$s,%1$s,([0-9.E-]+),([0-9]*),([0-9.E]*),([0-9.E]*)"
              .formatted(TEXT));

  private CsvFiles() {}

  record Row(String kind, String name, String source, String tags, double value) {}

  static List<Row> read(Path folder) throws IOException {
    List<Row> rows = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".csv")).toList();
    }
    for (Path file : files) {
      String text = Files.readString(file);
      if (!text.startsWith(CsvRows.HEADER) || !text.endsWith("\n")) {
        throw new IOException("not whole: " + text);
      }
      String[] lines = text.split("\n");
      for (int i = 1; i < lines.length; i++) rows.add(row(lines[i]));
    }
    return rows;
  }

  private static Row row(String line) throws IOException {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) throw new IOException("not a row: " + line);
    double value = Double.parseDouble(row.group(5));
    return new Row(row.group(1), row.group(2), row.group(3), row.group(4), value);
  }
}
