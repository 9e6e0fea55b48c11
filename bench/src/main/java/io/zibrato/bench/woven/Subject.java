package io.zibrato.bench.woven;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.GaugeMe;
import io.zibrato.annotations.Levels;
import io.zibrato.annotations.TimeMe;

/**
 * The methods that the bounds on annotations are about, woven at compile time. Their work is that
 * of the floors. Its twin in the other package is the same.
 */
public final class Subject {
  private int field = 17;

  /** Called once, by who wants to know whether this class is woven. */
  @CountMe(name = "probe")
  public int probe(int n) {
    return field ^ n;
  }

  @CountMe
  public int count(int n) {
    return field ^ n;
  }

  @CountMe(level = Levels.DEBUG)
  public int countUnwanted(int n) {
    return field ^ n;
  }

  @TimeMe
  public int time(int n) {
    return field ^ n;
  }

  @TimeMe(level = Levels.DEBUG)
  public int timeUnwanted(int n) {
    return field ^ n;
  }

  @TimeMe(sample = 64)
  public int timeSampled(int n) {
    return field ^ n;
  }

  @GaugeMe
  public int gauge(int n) {
    return field ^ n;
  }
}
