package io.zibrato.backends.statvent;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.TimerReading;
import io.zibrato.statvent.Group;
import io.zibrato.statvent.Percentiles;
import io.zibrato.statvent.TimerLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a listing: ours ({@link Group}), or plain statvent's. Never fails: a line that says nothing
 * is skipped and counted, and a group that does not hold what it says is taken as plain lines. A
 * last line of plain statvent's that does not end is skipped too: its number may be cut off.
 */
final class ListingParser {
  static final String OWN_RULE = "calculated by a rule of the process's own";
  static final String NOT_TOLD = "percentiles and means, whose values the process does not tell";

  /** Longer names are not searched for labels. */
  private static final int MOST_LABELLED_CHARS = 255;

  private record Line(String name, Number value) {}

  private final List<Told> told = new ArrayList<>();
  private List<Line> lines;
  private int at;
  private int skipped;
  private boolean complete;

  private ListingParser() {}

  static Listing parse(byte[] bytes) {
    return new ListingParser().read(new String(bytes, StandardCharsets.UTF_8));
  }

  private Listing read(String text) {
    lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      Line read = line(line);
      if (read != null) lines.add(read);
      else if (!line.isBlank()) skipped++;
    }
    boolean ours =
        !lines.isEmpty()
            && lines.get(0).name.equals(Group.LISTING)
            && lines.get(0).value.equals((long) Group.VERSION);
    if (ours) groups();
    else foreign(text);
    return new Listing(ours, !ours || complete, List.copyOf(told), skipped);
  }

  /** Null if it is none. The name ends at the last colon. */
  private static Line line(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) return null;
    Number value = Numbers.parse(text.substring(colon + 1).strip());
    return value == null ? null : new Line(text.substring(0, colon).strip(), value);
  }

  private void groups() {
    at = 1;
    int inGroups = 0;
    while (at < lines.size()) {
      Line head = lines.get(at++);
      if (head.name.equals(Group.END)) {
        complete = head.value.equals((long) inGroups) && at == lines.size();
        return;
      }
      int count = (int) Math.min(lines.size() - at, Math.max(0, head.value.longValue()));
      List<Line> members = lines.subList(at, at + count);
      at += count;
      inGroups += count;
      group(head.name.substring(Math.min(head.name.length(), Group.PREFIX.length())), members);
    }
  }

  private void group(String head, List<Line> members) {
    String word = head.split(" ", 2)[0];
    String data = head.substring(word.length()).strip();
    Optional<Group> group =
        Arrays.stream(Group.values()).filter(each -> each.word().equals(word)).findFirst();
    if (group.isEmpty() || members.isEmpty()) {
      members.forEach(line -> told.add(new Told.Plain(Optional.empty(), line.name, line.value)));
      return;
    }
    switch (group.get()) {
      case WINDOW -> told.addAll(window(data, members));
      case TIMER -> told.addAll(timer(data, members));
      case CALCULATED -> apart(members, OWN_RULE);
      default -> members.forEach(line -> told.add(new Told.Plain(group, line.name, line.value)));
    }
  }

  private void apart(List<Line> members, String reason) {
    members.forEach(line -> told.add(new Told.Apart(line.name, line.value, reason)));
  }

  private static List<Told> window(String data, List<Line> members) {
    List<Number> values = new ArrayList<>();
    for (String text : data.split(",")) values.add(Numbers.parse(text));
    if (values.isEmpty()
        || !values.stream().allMatch(ListingParser::isFinite)
        || members.size() != Percentiles.LABELS.size()) {
      return members.stream()
          .<Told>map(each -> new Told.Apart(each.name, each.value, NOT_TOLD))
          .toList();
    }
    values.sort(Comparator.comparingDouble(Number::doubleValue));
    return List.of(new Told.Window(members.stream().map(Line::name).toList(), values));
  }

  private static boolean isFinite(Number value) {
    return value != null && Double.isFinite(value.doubleValue());
  }

  private static List<Told> timer(String data, List<Line> members) {
    Line count = members.get(0);
    try {
      if (!count.name.endsWith(TimerLines.COUNT)) throw new IllegalArgumentException(count.name);
      String name = count.name.substring(0, count.name.length() - TimerLines.COUNT.length());
      String[] parts = data.split(" ", 2);
      Histogram histogram = parts.length < 2 ? Histogram.EMPTY : histogram(parts[1]);
      long sumNanos = Long.parseLong(parts[0]);
      return List.of(
          new Told.Timer(name, new TimerReading(count.value.longValue(), sumNanos, histogram)));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return members.stream()
          .<Told>map(each -> new Told.Apart(each.name, each.value, NOT_TOLD))
          .toList();
    }
  }

  private static Histogram histogram(String text) {
    String[] buckets = text.split(",");
    int[] indexes = new int[buckets.length];
    long[] counts = new long[buckets.length];
    for (int i = 0; i < buckets.length; i++) {
      String[] bucket = buckets[i].split(":", 2);
      indexes[i] = Integer.parseInt(bucket[0]);
      counts[i] = Long.parseLong(bucket[1]);
    }
    return Histogram.of(indexes, counts, buckets.length);
  }

  private void foreign(String text) {
    boolean torn = !text.isEmpty() && !text.endsWith("\n");
    if (torn && line(text.substring(text.lastIndexOf('\n') + 1)) != null) {
      lines.remove(lines.size() - 1);
      skipped++;
    }
    Map<String, Number> plain = new LinkedHashMap<>();
    for (Line line : lines) plain.merge(line.name, line.value, Numbers::sum);
    Set<String> calculated = calculated(plain.keySet());
    plain.forEach(
        (name, value) ->
            told.add(
                calculated.contains(name)
                    ? new Told.Apart(name, value, NOT_TOLD)
                    : new Told.Plain(Optional.empty(), name, value)));
  }

  /** Names that differ in statvent's five labels only, in one and the same place. */
  private static Set<String> calculated(Set<String> names) {
    String first = Percentiles.LABELS.get(0);
    Set<String> calculated = new HashSet<>();
    for (String name : names) {
      if (name.length() > MOST_LABELLED_CHARS) continue;
      for (int i = name.indexOf(first); i >= 0; i = name.indexOf(first, i + 1)) {
        String before = name.substring(0, i);
        String after = name.substring(i + first.length());
        if (!names.contains(before + Percentiles.MEAN + after)) continue;
        List<String> all =
            Percentiles.LABELS.stream().map(label -> before + label + after).toList();
        if (names.containsAll(all)) calculated.addAll(all);
      }
    }
    return calculated;
  }
}
