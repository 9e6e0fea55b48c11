package io.zibrato.backends.statvent;

import io.zibrato.meter.Histogram;
import io.zibrato.meter.TimerReading;
import io.zibrato.statvent.Group;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The numbers of each process in Prometheus' text form, version 0.0.4.
 *
 * <p>A metric's name is the stat's with an underscore for whatever Prometheus does not allow, and
 * depends on nothing else that any process tells; what is of two types under one name is untyped.
 * The stat's own name is the label {@code stat}, and the process the label {@code process}.
 * Processes are not summed up, since a sum falls when one of them ends, which Prometheus would take
 * for a restart. Timers are summaries in seconds. What a program tells that knows statvent's form
 * only is untyped.
 */
final class PrometheusText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String UNTYPED = "untyped";
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  /** Samples of one metric, which have to stand together. */
  private static final class Family {
    String type;
    final Map<String, Number> samples = new LinkedHashMap<>(); // those of one process are added up

    Family(String type) {
      this.type = type;
    }
  }

  private final Map<String, Family> families = new TreeMap<>();

  private PrometheusText() {}

  static String of(Map<String, Answer> answers) {
    PrometheusText text = new PrometheusText();
    answers.forEach(text::process);
    StringBuilder all = new StringBuilder();
    text.families.forEach((name, family) -> write(name, family, all));
    return all.toString();
  }

  private static void write(String name, Family family, StringBuilder all) {
    all.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
    family.samples.forEach(
        (sample, value) -> all.append(sample).append(' ').append(value).append('\n'));
  }

  private void process(String process, Answer answer) {
    int up = answer.listing().isPresent() ? 1 : 0;
    sample("statvent_pipe_up", "gauge", "", "process=\"" + escaped(process) + '"', up);
    if (answer.listing().isEmpty()) return;
    Map<String, Number> untyped = new TreeMap<>();
    Map<String, Told.Timer> timers = new TreeMap<>();
    for (Told told : answer.listing().get().told()) {
      if (told instanceof Told.Timer timer) {
        timers.merge(timer.name(), timer, Merged::merge);
      } else if (told instanceof Told.Plain plain && plain.group().isPresent()) {
        plain(process, plain.group(), plain.name(), plain.value());
      } else {
        told.lines().forEach((name, value) -> untyped.merge(name, value, Numbers::sum));
      }
    }
    timers.values().forEach(timer -> timer(process, timer));
    untyped.forEach((name, value) -> plain(process, Optional.empty(), name, value));
  }

  /** What is added up by hand may fall too, so it is no counter to Prometheus. */
  private void plain(String process, Optional<Group> group, String stat, Number value) {
    String name = name(stat);
    switch (group.orElse(Group.INCR)) {
      case COUNTER, LOST -> sample(name + "_total", "counter", "", labels(process, stat), value);
      case SET, GAUGE -> sample(name, "gauge", "", labels(process, stat), value);
      default -> sample(name, UNTYPED, "", labels(process, stat), value);
    }
  }

  private void timer(String process, Told.Timer timer) {
    String name = name(timer.name()) + "_seconds";
    String labels = labels(process, timer.name());
    TimerReading reading = timer.reading();
    Histogram histogram = reading.histogram();
    for (double quantile : QUANTILES) {
      double seconds = histogram.quantileNanos(quantile) / NANOS_PER_SECOND;
      sample(name, "summary", "", labels + ",quantile=\"" + quantile + '"', seconds);
    }
    sample(name, "summary", "_sum", labels, reading.sumNanos() / NANOS_PER_SECOND);
    sample(name, "summary", "_count", labels, reading.count());
  }

  private void sample(String name, String type, String suffix, String labels, Number value) {
    Family family = families.computeIfAbsent(name, each -> new Family(type));
    if (!family.type.equals(type)) family.type = UNTYPED;
    family.samples.merge(name + suffix + '{' + labels + '}', value, Numbers::sum);
  }

  private static String labels(String process, String stat) {
    return "process=\"" + escaped(process) + "\",stat=\"" + escaped(stat) + '"';
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String name(String stat) {
    String name = stat.replaceAll("[^a-zA-Z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? '_' + name : name;
  }
}
