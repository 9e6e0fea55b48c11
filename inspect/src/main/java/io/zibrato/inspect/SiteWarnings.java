package io.zibrato.inspect;

import io.zibrato.meter.Series;
import java.util.ArrayList;
import java.util.List;

/** What is strange about what an annotation says. */
final class SiteWarnings {
  private final Site site;
  private final List<Warning> warnings;

  private SiteWarnings(Site site, List<Warning> warnings) {
    this.site = site;
    this.warnings = warnings;
  }

  static void add(Site site, List<Warning> warnings) {
    new SiteWarnings(site, warnings).add();
  }

  /** Whether the site's series can be one. */
  static boolean isUsable(Site site) {
    try {
      check(site);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void add() {
    try {
      check(site);
    } catch (IllegalArgumentException e) {
      warn(Concern.REFUSED, "is not measured: " + e.getMessage());
      return;
    }
    addMisleading();
    LibratoAlphabet.name(site.name()).ifPresent(message -> warn(Concern.ALPHABET, message));
    LibratoAlphabet.source(site.source(), site.tags())
        .ifPresent(message -> warn(Concern.ALPHABET, message));
  }

  private static void check(Site site) {
    Asked asked = site.asked();
    if (asked.value() < 0) throw new IllegalArgumentException("value < 0: " + asked.value());
    Series.tags(asked.tags());
    new Series(asked.level(), asked.kind().type, site.name(), site.source(), site.tags());
  }

  private void addMisleading() {
    Asked asked = site.asked();
    if (asked.sample() < 1) warn(Concern.MISLEADING, "sample < 1 means 1: " + asked.sample());
    if (site.tags().size() < asked.tags().size()) {
      warn(Concern.MISLEADING, "a tag is given twice: " + asked.tags());
    }
    List<String> filled = new ArrayList<>(List.of(site.name(), site.source()));
    filled.addAll(site.tags().values());
    for (String text : filled) {
      for (String unknown : Placeholders.unknown(text)) {
        String message = "has no use for " + unknown + "; there are {class} {method} {host} {pid}";
        warn(Concern.MISLEADING, message);
      }
    }
  }

  private void warn(Concern concern, String message) {
    String said = site.asked().kind().annotation() + ' ' + message;
    warnings.add(new Warning(concern, site.place(), said));
  }
}
