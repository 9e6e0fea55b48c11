package io.zibrato.backends.statvent;

import io.zibrato.meter.TimerReading;
import io.zibrato.statvent.Group;
import io.zibrato.statvent.Percentiles;
import io.zibrato.statvent.TimerLines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one process tells under one name, or under names that belong together. */
sealed interface Told {
  /** The lines, by name. */
  Map<String, Number> lines();

  /**
   * A number that may be summed up over processes.
   *
   * @param group none from a program that knows statvent's form only
   */
  record Plain(Optional<Group> group, String name, Number value) implements Told {
    @Override
    public Map<String, Number> lines() {
      return Map.of(name, value);
    }
  }

  /**
   * A number that may not be summed up.
   *
   * @param reason why it cannot be merged either
   */
  record Apart(String name, Number value, String reason) implements Told {
    @Override
    public Map<String, Number> lines() {
      return Map.of(name, value);
    }
  }

  /**
   * Recorded values, and the names of what is calculated from them.
   *
   * @param names in the order of {@link Percentiles#LABELS}
   */
  record Window(List<String> names, List<Number> values) implements Told {
    @Override
    public Map<String, Number> lines() {
      Map<String, Number> lines = new LinkedHashMap<>();
      var names = this.names.iterator();
      Percentiles.of(values).values().forEach(number -> lines.put(names.next(), number));
      return lines;
    }
  }

  /** A timer of ours. */
  record Timer(String name, TimerReading reading) implements Told {
    @Override
    public Map<String, Number> lines() {
      Map<String, Number> lines = new LinkedHashMap<>();
      TimerLines.of(reading).forEach((suffix, number) -> lines.put(name + suffix, number));
      return lines;
    }
  }
}
