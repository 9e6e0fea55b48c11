package io.zibrato.backends.statsd;

import io.zibrato.backends.SeriesKey;
import io.zibrato.backends.SeriesPath;
import java.util.Set;

/**
 * Names without tags: {@link SeriesPath} has the rule. Counters, timers and gauges of one name are
 * not confused, since daemons keep them apart.
 */
final class PathNaming implements Naming {
  /** Of a path; npm's daemon, and Graphite behind it, hold longer ones. */
  private static final int MAX_LENGTH = 240;

  private static final String UNTIMED = "untimed";

  private final SeriesPath path;

  PathNaming(String prefix, String template) {
    path = new SeriesPath(prefix, template, MAX_LENGTH, true, Set.of(UNTIMED));
  }

  @Override
  public Name of(Kind kind, SeriesKey key) {
    String name = path.of(key);
    return new Name(kind == Kind.UNTIMED ? name + '.' + UNTIMED : name, "");
  }
}
