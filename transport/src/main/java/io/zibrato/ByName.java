package io.zibrato;

import io.zibrato.meter.Meter;
import io.zibrato.meter.Meters;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Meters of one type without source or tags of their own, found by level and name without
 * allocating.
 */
final class ByName<M extends Meter> {
  interface Maker<M> {
    M make(String level, String name);
  }

  private final ConcurrentMap<String, ConcurrentMap<String, M>> levels = new ConcurrentHashMap<>();
  private final Maker<M> maker;

  ByName(Maker<M> maker) {
    this.maker = maker;
  }

  M get(String level, String name) {
    if (level == null) throw new NullPointerException("level == null");
    if (name == null) throw new NullPointerException("name == null");
    ConcurrentMap<String, M> names = levels.get(level);
    M meter = names == null ? null : names.get(name);
    return meter != null ? meter : make(level, name);
  }

  private M make(String level, String name) {
    M meter = maker.make(level, name);
    // What overflowed is not kept: endless names must not fill this map either.
    boolean own = !meter.series().name().equals(Meters.OVERFLOW);
    if (own) levels.computeIfAbsent(level, l -> new ConcurrentHashMap<>()).put(name, meter);
    return meter;
  }
}
