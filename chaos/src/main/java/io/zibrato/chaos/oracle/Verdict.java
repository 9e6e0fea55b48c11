package io.zibrato.chaos.oracle;

import io.zibrato.chaos.load.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the oracle finds at the end, as lines of Markdown. */
final class Verdict {
  private final Oracle oracle;
  private final List<String> lines = new ArrayList<>();
  private boolean holds = true;

  Verdict(Oracle oracle) {
    this.oracle = oracle;
  }

  List<String> lines() {
    lines.add(
        "| service | series | runs of applications | counted | arrived, each once | lost by applications killed | refused | differs | holds |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    for (Service service : oracle.services()) {
      for (Measured measured : Measured.values()) series(service, measured);
    }
    lines.add("");
    lines.add(
        "| service | requests taken | of them again | told as ambiguous by the worker | gauge values in two requests | lost of the spool, by the worker's own count | its sums come out, or, damaged, it says so | holds |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (Service service : oracle.services()) again(service);
    lines.add("");
    long violations =
        oracle.applications().stream().mapToLong(each -> each.totals.violations()).sum();
    check(violations == 0);
    lines.add("Application threads seen inside ZeroMQ, input or output: " + violations + ".");
    return lines;
  }

  boolean holds() {
    return holds;
  }

  private String check(boolean holds) {
    this.holds &= holds;
    return holds ? "yes" : "NO";
  }

  private void series(Service service, Measured measured) {
    long counted = 0;
    long arrived = 0;
    long lost = 0;
    long refused = 0;
    long wrong = 0;
    List<Application> applications = oracle.applications();
    for (Application each : applications) {
      long there = service.delivered.once(each.source, measured);
      long aside = measured == Measured.POISON ? service.refused(each.source) : 0;
      long missing = each.most(measured) - there - aside;
      counted += each.most(measured);
      arrived += there;
      refused += aside;
      boolean mayMiss = each.isKilled() || service.isDamaged() || measured == Measured.VALUES;
      if (each.isKilled()) lost += Math.max(0, missing);
      if (!mayMiss || missing < 0) wrong += Math.abs(missing);
      boolean bound = each.isKilled() && !service.isDamaged() && measured.isExact();
      if (bound) wrong += Math.max(0, each.least(measured) - there - aside);
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "| %s | %s %s | %d | %d | %d | %d | %d | %d | %s |",
            service.name,
            measured.series,
            measured.name().toLowerCase(Locale.ROOT),
            applications.size(),
            counted,
            arrived,
            lost,
            refused,
            wrong,
            check(wrong == 0)));
  }

  private void again(Service service) {
    long again = service.delivered.requestsAgain();
    long allowed = service.ambiguous();
    // A damaged state has forgotten what it counted, and how much.
    boolean accounts = service.isDamaged() ? service.saysDamaged() : service.addsUp();
    boolean once = again <= allowed || service.isDamaged();
    boolean fine = once && accounts && service.delivered.gaugeValuesTwice() == 0;
    lines.add(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %d | %d | %d | %s | %s |",
            service.name,
            service.delivered.requests(),
            again,
            allowed,
            service.delivered.gaugeValuesTwice(),
            service.lost(),
            accounts ? "yes" : "NO",
            check(fine)));
  }
}
