package io.zibrato.inspect;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Findings for people: a table, a line a warning, and a line that sums up. */
final class TextReport {
  private static final String[] HEADINGS = {
    "METHOD", "WOVEN", "TYPE", "LEVEL", "NAME", "SOURCE", "TAGS", "ELSE"
  };

  private TextReport() {}

  static void print(Findings findings, PrintStream out) {
    if (findings.sites().isEmpty()) out.println("Nothing is annotated.");
    else printTable(findings.sites(), out);
    if (!findings.warnings().isEmpty()) out.println();
    findings.warnings().forEach(out::println);
    if (!findings.sites().isEmpty() || !findings.warnings().isEmpty()) out.println();
    out.println(summary(findings));
    out.flush();
  }

  private static String summary(Findings findings) {
    return String.format(
        "%d annotated, %d woven, %d warnings",
        findings.annotated(), findings.of(Woven.YES), findings.warnings().size());
  }

  private static void printTable(List<Site> sites, PrintStream out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(HEADINGS);
    for (Site site : sites) rows.add(row(site));
    int[] widths = new int[HEADINGS.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) widths[i] = Math.max(widths[i], row[i].length());
    }
    boolean several = sites.stream().map(Site::origin).distinct().count() > 1;
    String origin = null;
    out.println(line(HEADINGS, widths));
    for (int i = 0; i < sites.size(); i++) {
      if (several && !sites.get(i).origin().equals(origin)) {
        origin = sites.get(i).origin();
        out.println(origin + ':');
      }
      out.println(line(rows.get(i + 1), widths));
    }
  }

  private static String[] row(Site site) {
    Asked asked = site.asked();
    return new String[] {
      site.place(),
      site.woven() == Woven.NO ? "NO" : site.woven().word(),
      NameWarnings.word(asked.kind().type),
      asked.level(),
      site.name(),
      site.source().isEmpty() ? "(zibrato.source)" : site.source(),
      tags(site.tags()),
      others(asked)
    };
  }

  private static String tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> tag.getKey() + '=' + tag.getValue())
        .collect(Collectors.joining(","));
  }

  private static String others(Asked asked) {
    List<String> others = new ArrayList<>();
    if (asked.value() != 1) others.add("value=" + asked.value());
    if (!asked.on().equals("BOTH")) others.add("on=" + asked.on());
    if (asked.sample() != 1) others.add("sample=" + asked.sample());
    return String.join(" ", others);
  }

  private static String line(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.append(cells[i]).append(" ".repeat(widths[i] - cells[i].length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
