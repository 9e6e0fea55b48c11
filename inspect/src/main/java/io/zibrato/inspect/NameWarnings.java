package io.zibrato.inspect;

import io.zibrato.meter.SeriesType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names that are given to series of several types: many services know one type a name. */
final class NameWarnings {
  /** What two series of one name may differ in, besides their type. */
  private record Rest(String level, String source, Map<String, String> tags) {
    static Rest of(Site site) {
      return new Rest(site.asked().level(), site.source(), site.tags());
    }
  }

  private NameWarnings() {}

  static void add(List<Site> sites, List<Warning> warnings) {
    Map<String, List<Site>> byName = new LinkedHashMap<>();
    for (Site site : sites) {
      if (site.woven() != Woven.NEVER && SiteWarnings.isUsable(site)) {
        byName.computeIfAbsent(site.name(), name -> new ArrayList<>()).add(site);
      }
    }
    byName.forEach(
        (name, same) -> {
          Map<SeriesType, List<Site>> byType =
              same.stream()
                  .collect(
                      Collectors.groupingBy(
                          site -> site.asked().kind().type,
                          LinkedHashMap::new,
                          Collectors.toList()));
          if (byType.size() > 1) warnings.add(warning(name, byType));
        });
  }

  private static Warning warning(String name, Map<SeriesType, List<Site>> byType) {
    String place = byType.values().iterator().next().get(0).place();
    String types =
        byType.entrySet().stream()
            .map(e -> "a " + word(e.getKey()) + elsewhere(e.getValue(), place))
            .collect(Collectors.joining(" and "));
    String rest =
        isOneSeries(byType)
            ? "of one level, source and tags"
            : "though of different levels, sources or tags";
    return new Warning(Concern.TYPES, place, '"' + name + "\" names " + types + ", " + rest);
  }

  private static String elsewhere(List<Site> sites, String place) {
    List<String> places = sites.stream().map(Site::place).distinct().toList();
    return places.contains(place) ? "" : " (" + places.get(0) + ')';
  }

  private static boolean isOneSeries(Map<SeriesType, List<Site>> byType) {
    Set<Rest> seen = new HashSet<>();
    for (List<Site> sites : byType.values()) {
      Set<Rest> own = sites.stream().map(Rest::of).collect(Collectors.toSet());
      for (Rest rest : own) {
        if (!seen.add(rest)) return true;
      }
    }
    return false;
  }

  static String word(SeriesType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
