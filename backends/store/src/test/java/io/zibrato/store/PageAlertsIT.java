package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Alerts on the page: how they stand, and their thresholds on the chart. */
class PageAlertsIT extends PageCase {
  private long alert(String name, String condition, String more) throws Exception {
    return JsonParser.parseString(
            create(
                "/v1/alerts",
                "{\"name\":\"%s\",\"conditions\":[%s]%s}".formatted(name, condition, more)))
        .getAsJsonObject()
        .get("id")
        .getAsLong();
  }

  private static String above(String metric, double threshold) {
    return "{\"type\":\"above\",\"metric_name\":\"%s\",\"threshold\":%s}"
        .formatted(metric, threshold);
  }

  private static String row(String name) {
    return "tr[data-alert='" + name + "']";
  }

  /** The store looks at its alerts at each whole minute. */
  @Test
  void alerts_areShownAsTheyStand() throws Exception {
    final long slow = alert("web.slow", above("delay", 2), "");
    alert("web.fast", above("delay", 50), "");
    alert(
        "off",
        "{\"type\":\"absent\",\"metric_name\":\"beat\",\"duration\":600,\"source\":\"web-*\"}",
        ",\"active\":false,\"attributes\":{\"runbook_url\":\"http://runs.example/1\"}");
    await()
        .atMost(100, TimeUnit.SECONDS)
        .pollInterval(1, TimeUnit.SECONDS)
        .until(
            () -> {
              gauge("delay", "web-1", now(), 5);
              final String status =
                  http.json("/v1/alerts/" + slow + "/status").get("status").getAsString();
              return status.equals("triggered");
            });

    final Browser.Tab tab = see("/#view=alerts");

    assertThat(tab.textOf("#alert-count")).isEqualTo("1");
    assertThat(tab.textOf("#alert-rows tr")).contains("web.slow");
    assertThat(tab.textOf(row("web.slow") + " .state")).isEqualTo("triggered");
    assertThat(tab.textOf(row("web.slow")))
        .contains("delay is above 2")
        .contains("for less than a minute")
        .contains("Now delay of web-1 is 5");
    assertThat(tab.textOf(row("web.fast") + " .state")).isEqualTo("ok");
    assertThat(tab.textOf(row("off")))
        .contains("beat is not reported for 10 min where source=web-*")
        .contains("Runbook");
    assertThat(tab.textOf(row("off") + " .state")).isEqualTo("off");
    assertThat(tab.textOf("#alerts-summary")).startsWith("1 triggered of 3 alerts.");

    tab.click(row("web.slow") + " .conditions a");
    tab.until("document.getElementById('name').textContent === 'delay'");
    assertThat(tab.textOf("#concerned")).contains("web.slow for less than a minute, since");
    assertThat(drawn(tab, "limits")).contains("web.slow > 2");
    assertThat(pixels(tab, "--bad")).isGreaterThan(30);
  }

  @Test
  void thresholds_areDrawnWhereTheyAreNear() throws Exception {
    gauges("delay", "web-1", 20, 5);
    alert("near", above("delay", 7), "");
    alert("far", above("delay", 5_000), "");
    alert("elsewhere", above("other", 6), "");

    final Browser.Tab tab = see("/#metric=delay");

    assertThat(drawn(tab, "limits")).isEqualTo("near > 7");
    assertThat(tab.eval("Chart.getChart('chart').scales.y.max").getAsDouble()).isBetween(7.0, 20.0);
    assertThat(pixels(tab, "--limit")).isGreaterThan(30);
    assertThat(tab.textOf("#concerned")).isEmpty();
    tab.click("#limits-on");
    tab.until("document.getElementById('chart').dataset.limits === ''");
    assertThat(pixels(tab, "--limit")).isZero();
  }

  @Test
  void alerts_none() {
    final Browser.Tab tab = see("/#view=alerts");

    assertThat(tab.textOf("#no-alerts")).startsWith("There are no alerts yet.");
    assertThat(tab.eval("document.getElementById('no-alerts').hidden").getAsBoolean()).isFalse();
    assertThat(tab.eval("document.getElementById('alert-count').hidden").getAsBoolean()).isTrue();
  }

  @Test
  void conditions_areToldInWords() throws Exception {
    gauges("a", "s", 2, 1);
    final Browser.Tab tab = see("/#metric=a");
    final String[][] conditions = {
      {"type: 'above', metric_name: 'm', threshold: 2.5", "m is above 2.5"},
      {
        "type: 'below', metric_name: 'm', threshold: 1, summary_function: 'max', duration: 300",
        "max of m is below 1 for 5 min"
      },
      {
        "type: 'above', metric_name: 'm', threshold: 1, summary_function: 'derivative',"
            + " tags: [{name: 'env', values: ['a', 'b*']}, {name: 'host', values: []}]",
        "change of m is above 1 where env=a|b*, host=*"
      },
      {"type: 'absent', metric_name: 'm', duration: 90", "m is not reported for 90 s"},
    };

    for (final String[] each : conditions) {
      assertThat(
              tab.text("import('/page/alerts.js').then(a => a.conditionText({" + each[0] + "}))"))
          .isEqualTo(each[1]);
    }
  }
}
