package io.zibrato.aspects;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import io.zibrato.meter.Gauge;
import io.zibrato.meter.Level;
import io.zibrato.meter.LossCause;
import io.zibrato.meter.Series;
import io.zibrato.meter.Timer;
import java.lang.System.Logger;
import java.util.HashMap;
import java.util.Map;

/** The series of a site, and its meter. */
final class SiteSeries {
  private static final Logger LOG = System.getLogger(SiteSeries.class.getName());

  private final Zibrato zibrato;
  private final Series series;
  private final Level level;

  private SiteSeries(Zibrato zibrato, Series series) {
    this.zibrato = zibrato;
    this.series = series;
    this.level = zibrato.level(series.level());
  }

  /** Returns null, and says why, once, when what is asked for cannot be a series. */
  static SiteSeries create(Zibrato zibrato, Spec spec, Placeholders placeholders) {
    String name = placeholders.fill(spec.name().isEmpty() ? "{class}.{method}" : spec.name());
    try {
      if (spec.value() < 0) throw new IllegalArgumentException("value < 0: " + spec.value());
      SiteSeries made = new SiteSeries(zibrato, series(zibrato, spec, name, placeholders));
      made.level.site(placeholders.joinPoint(), made.series);
      return made;
    } catch (IllegalArgumentException e) {
      LOG.log(Logger.Level.WARNING, "{0} is not measured: {1}", name, e.getMessage());
      return null;
    }
  }

  private static Series series(Zibrato zibrato, Spec spec, String name, Placeholders placeholders) {
    String source = placeholders.fill(spec.source());
    if (source.isEmpty()) source = zibrato.meters().defaultSource();
    Map<String, String> tags = new HashMap<>();
    Series.tags(spec.tags()).forEach((key, value) -> tags.put(key, placeholders.fill(value)));
    return new Series(spec.level(), spec.kind().type, name, source, tags);
  }

  Level level() {
    return level;
  }

  Counter counter() {
    return zibrato.meters().counter(series);
  }

  Timer timer() {
    return zibrato.meters().timer(series);
  }

  Gauge gauge() {
    return zibrato.meters().gauge(series);
  }

  /** Takes note of a fault of ours inside a woven call. */
  void failed(Throwable e) {
    zibrato.meters().losses().add(LossCause.INTERNAL_ERROR, 1);
    LOG.log(Logger.Level.DEBUG, series.name(), e);
  }
}
