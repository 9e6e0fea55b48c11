package io.zibrato.inspect;

import java.util.List;

/** What an inspection found, in the order of the paths. */
record Findings(List<Site> sites, List<Warning> warnings) {
  int annotated() {
    return sites.size();
  }

  int of(Woven woven) {
    return (int) sites.stream().filter(site -> site.woven() == woven).count();
  }
}
