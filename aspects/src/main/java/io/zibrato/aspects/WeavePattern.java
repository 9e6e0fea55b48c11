package io.zibrato.aspects;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A line of the agent's configuration, as its aspect finds it. Public for advice that runs inside
 * the user's classes.
 */
public final class WeavePattern {
  private static final Map<String, WeavePattern> BY_ASPECT = new ConcurrentHashMap<>();

  private final int number;
  private final Spec spec;

  private WeavePattern(int number, Spec spec) {
    this.number = number;
    this.spec = spec;
  }

  /** Makes known what the aspect of that class name asks for, before it is woven. */
  static void register(String aspectClass, Spec spec) {
    synchronized (BY_ASPECT) {
      BY_ASPECT.put(aspectClass, new WeavePattern(BY_ASPECT.size(), spec));
    }
  }

  /** The pattern of an aspect that the agent generated. */
  public static WeavePattern of(Class<?> aspect) {
    WeavePattern pattern = BY_ASPECT.get(aspect.getName());
    if (pattern == null) throw new IllegalStateException("no pattern of the agent's: " + aspect);
    return pattern;
  }

  int number() {
    return number;
  }

  Spec spec() {
    return spec;
  }
}
