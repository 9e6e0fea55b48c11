package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The chart of metrics: what is on it, and how a person changes that. */
class PageChartIT extends PageCase {
  @Test
  void metrics_severalOnOneChart() throws Exception {
    gauges("a", "s1", 10, 1);
    gauges("a", "s2", 10, 2);
    gauges("b", "s1", 10, 3);
    final Browser.Tab tab = see("/#metric=a");
    assertThat(lines(tab)).isEqualTo("s1:10, s2:10");

    tab.click("button[data-metric='b']");

    tab.until("document.getElementById('name').textContent === 'a + b'");
    assertThat(lines(tab)).isEqualTo("a · s1:10, a · s2:10, b · s1:10");
    assertThat(tab.text("location.hash")).isEqualTo("#metric=a&metric=b");
    tab.click(".chip[data-key='a']");
    tab.until("document.getElementById('name').textContent === 'b'");
    assertThat(lines(tab)).isEqualTo("s1:10");
  }

  @Test
  void metrics_addedByKeyboard() throws Exception {
    gauges("a", "s1", 10, 1);
    gauges("b", "s1", 10, 3);
    final Browser.Tab tab = see("/#metric=a");

    tab.press("/");
    tab.press("ArrowDown");
    tab.press("ArrowDown");
    tab.press("a");

    tab.until("document.getElementById('name').textContent === 'a + b'");
    assertThat(tab.text("document.activeElement.dataset.key")).isEqualTo("b");
  }

  @Test
  void units_ofTwoKindsHaveTheirOwnAxes() throws Exception {
    gauges("bytes", "s", 10, 2.0 * (1 << 30));
    gauges("time", "s", 10, 0.25);
    put("/v1/metrics/bytes", "{\"attributes\":{\"display_units_short\":\"bytes\"}}");
    put("/v1/metrics/time", "{\"attributes\":{\"display_units_long\":\"seconds\"}}");

    final Browser.Tab tab = see("/#metric=bytes&metric=time");

    assertThat(
            tab.text("Chart.getChart('chart').data.datasets.map(d => d.label + d.yAxisID).join()"))
        .isEqualTo("bytes · sy,time · sy2");
    assertThat(tab.text("Chart.getChart('chart').scales.y.ticks.at(-1).label")).endsWith(" GiB");
    assertThat(tab.text("Chart.getChart('chart').scales.y2.ticks.at(-1).label")).endsWith(" ms");
    assertThat(tab.text("Chart.getChart('chart').scales.y.ticks.map(t => t.label).join()"))
        .isEqualTo("1.9 GiB,1.95 GiB,2 GiB,2.05 GiB,2.1 GiB");
    assertThat(tab.textOf("tr[data-line^='time']")).contains("250 ms");
  }

  @Test
  void statistics_areOfTheRows() throws Exception {
    final long time = now() - 30;
    post(
        "{\"name\":\"t\",\"source\":\"s\",\"measure_time\":%d,\"count\":4,\"sum\":20,\"min\":2,\"max\":11}"
            .formatted(time));
    final Browser.Tab tab = see("/#metric=t");

    for (final String[] each :
        new String[][] {
          {"mean", "5"}, {"sum", "20"}, {"count", "4"}, {"min", "2"}, {"max", "11"}
        }) {
      tab.click("#statistics input[value='" + each[0] + "']");
      tab.until("Chart.getChart('chart').data.datasets[0]?.data[0]?.y === " + each[1]);
    }
    assertThat(tab.text("location.hash")).contains("stat=max");
  }

  @Test
  void statistic_ofAMetricThatSaysHowItIsSummedUp() throws Exception {
    gauges("hits", "s", 3, 7);
    put("/v1/metrics/hits", "{\"attributes\":{\"summarize_function\":\"sum\"}}");

    final Browser.Tab tab = see("/#metric=hits");

    assertThat(tab.textOf("#statistics label:has(input:checked)")).isEqualTo("sum");
  }

  @Test
  void range_presets() throws Exception {
    gauges("a", "s", 10, 1);
    gauge("a", "s", now() - 3_000, 1);
    final Browser.Tab tab = see("/#metric=a");
    assertThat(drawn(tab, "points")).isEqualTo("10");

    tab.click("#ranges input[value='3600']");

    tab.until("document.getElementById('caption').textContent.startsWith('last 1 h')");
    assertThat(tab.text("location.hash")).contains("range=3600");
    assertThat(tab.eval("Chart.getChart('chart').data.datasets[0].data[0].x").getAsLong())
        .isBetween(now() - 3_100, now() - 2_900);
    assertThat(tab.textOf("#caption")).startsWith("last 1 h · a point each 15 s");
  }

  @Test
  void range_fromAndTo() throws Exception {
    gauge("a", "s", 1_700_000_000, 5);
    final Browser.Tab tab = see("/#metric=a");

    tab.click("#custom");
    final String local = "new Date((%d - new Date(%d000).getTimezoneOffset() * 60) * 1000)";
    for (final String[] each : new String[][] {{"from", "1699996400"}, {"to", "1700003600"}}) {
      final long time = Long.parseLong(each[1]);
      tab.eval(
          "document.getElementById('%s').value = %s.toISOString().slice(0, 19)"
              .formatted(each[0], local.formatted(time, time)));
    }
    tab.click("#span button");

    tab.until("document.getElementById('chart').dataset.points === '1'");
    assertThat(tab.text("location.hash")).contains("from=1699996400").contains("to=1700003600");
    assertThat(tab.eval("Chart.getChart('chart').scales.x.max").getAsLong())
        .isEqualTo(1_700_003_600);

    tab.press("0");
    tab.until("document.getElementById('chart').dataset.points === '0'");
    assertThat(tab.text("location.hash")).doesNotContain("from=");
  }

  @Test
  void range_backwardsIsRefused() throws Exception {
    gauge("a", "s", now(), 5);
    final Browser.Tab tab = see("/#metric=a");

    tab.click("#custom");
    tab.eval("document.getElementById('to').value = '2001-01-01T00:00'");
    tab.click("#span button");

    assertThat(tab.text("document.getElementById('to').validationMessage"))
        .isEqualTo("The end has to be after the beginning.");
    assertThat(tab.text("location.hash")).doesNotContain("from=");
  }

  @Test
  void range_draggedOverTheChart() throws Exception {
    gauges("a", "s", 30, 1);
    final Browser.Tab tab = see("/#metric=a");
    final String box = "document.getElementById('chart').getBoundingClientRect()";
    final double x = tab.eval(box + ".x").getAsDouble();
    final double y = tab.eval(box + ".y").getAsDouble() + 100;

    tab.mouse("mouseMoved", x + 300, y, 0);
    tab.mouse("mousePressed", x + 300, y, 1);
    tab.mouse("mouseMoved", x + 500, y, 1);
    tab.mouse("mouseReleased", x + 500, y, 0);

    tab.until("location.hash.includes('from=')");
    final double span =
        tab.eval("new URLSearchParams(location.hash.slice(1)).get('to')").getAsDouble()
            - tab.eval("new URLSearchParams(location.hash.slice(1)).get('from')").getAsDouble();
    assertThat(span).isBetween(120.0, 300.0); // of 900 s on some 900 pixels
  }

  @Test
  void range_byKeyboard() throws Exception {
    gauge("a", "s", now(), 5);
    final Browser.Tab tab = see("/#metric=a");

    tab.press("-");
    tab.until("location.hash.includes('range=1800')");
    tab.press("=");
    tab.until("!location.hash.includes('range=')");
    tab.press("[");
    tab.until("location.hash.includes('from=')");
    tab.press("]");
    tab.until("!location.hash.includes('from=')");
  }

  @Test
  void back_undoesAChoice() throws Exception {
    gauge("a", "s", now(), 5);
    gauge("b", "s", now(), 5);
    final Browser.Tab tab = see("/#metric=a");

    tab.click("a[data-key='b']");
    tab.until("document.getElementById('name').textContent === 'b'");
    tab.eval("history.back()");

    tab.until("document.getElementById('name').textContent === 'a'");
  }

  @Test
  void sources_togetherOrSome() throws Exception {
    gauges("a", "web-1", 10, 1);
    gauges("a", "web-2", 10, 3);
    gauges("a", "db-1", 10, 8);
    final Browser.Tab tab = see("/#metric=a");

    tab.eval(
        "document.getElementById('group').value = '*';"
            + "document.getElementById('group').dispatchEvent(new Event('change', {bubbles: true}))");
    tab.until("document.getElementById('chart').dataset.lines === '1'");
    assertThat(tab.eval("Chart.getChart('chart').data.datasets[0].data[0].y").getAsDouble())
        .isEqualTo(4);

    tab.eval(
        "document.getElementById('only').value = 'web-*';"
            + "document.getElementById('only').dispatchEvent(new Event('change', {bubbles: true}))");
    tab.until("Chart.getChart('chart').data.datasets[0].data[0].y === 2");
    assertThat(tab.text("location.hash")).contains("group=*").contains("only=web-*");
  }

  private void tagged(String name, String tags, long time, double value) throws Exception {
    final String body =
        "{\"measurements\":[{\"name\":\"%s\",\"time\":%d,\"value\":%s,\"tags\":{%s}}]}"
            .formatted(name, time, value, tags);
    assertThat(http.send("POST", "/v1/measurements", "application/json", body).statusCode())
        .isEqualTo(202);
  }

  @Test
  void tags_tellSeriesApartAndGroupThem() throws Exception {
    final long time = now() - 60;
    tagged("a", "\"region\":\"eu\",\"host\":\"h1\"", time, 1);
    tagged("a", "\"region\":\"eu\",\"host\":\"h2\"", time, 3);
    tagged("a", "\"region\":\"us\",\"host\":\"h3\"", time, 10);
    final Browser.Tab tab = see("/#metric=a");
    assertThat(lines(tab))
        .isEqualTo("host=h1 region=eu:1, host=h2 region=eu:1, host=h3 region=us:1");
    assertThat(tab.text("[...document.getElementById('group').options].map(o => o.value).join()"))
        .isEqualTo("each,*,host,region");

    tab.eval(
        "document.getElementById('group').value = 'region';"
            + "document.getElementById('group').dispatchEvent(new Event('change', {bubbles: true}))");
    tab.until("document.getElementById('chart').dataset.lines === '2'");
    assertThat(
            tab.text(
                "Chart.getChart('chart').data.datasets.map(d => d.label + d.data[0].y).sort().join()"))
        .isEqualTo("eu2,us10");

    tab.eval(
        "document.getElementById('only').value = 'host=h1';"
            + "document.getElementById('only').dispatchEvent(new Event('change', {bubbles: true}))");
    tab.until("document.getElementById('chart').dataset.lines === '1'");
    assertThat(lines(tab)).isEqualTo("eu:1");
  }

  @Test
  void together_theMeanIsThatOfAllMeasurements() throws Exception {
    final long time = now() - 60;
    post(
        "{\"name\":\"t\",\"source\":\"a\",\"measure_time\":%d,\"count\":9,\"sum\":9},{\"name\":\"t\",\"source\":\"b\",\"measure_time\":%d,\"count\":1,\"sum\":11}"
            .formatted(time, time));

    final Browser.Tab tab = see("/#metric=t&group=*");

    assertThat(tab.eval("Chart.getChart('chart').data.datasets[0].data[0].y").getAsDouble())
        .isEqualTo(2);
  }

  @Test
  void counters_showTheirLastValue() throws Exception {
    final long time = now() - 60 - now() % 5;
    for (final String source : new String[] {"a", "b"}) {
      assertThat(
              http.post(
                      "{\"counters\":[{\"name\":\"c\",\"source\":\"%s\",\"measure_time\":%d,\"value\":3},"
                              .formatted(source, time)
                          + "{\"name\":\"c\",\"source\":\"%s\",\"measure_time\":%d,\"value\":7}]}"
                              .formatted(source, time + 1))
                  .statusCode())
          .isEqualTo(200);
    }
    final Browser.Tab tab = see("/#metric=c");
    assertThat(tab.textOf("#statistics label:has(input:checked)")).isEqualTo("last value");
    assertThat(tab.eval("Chart.getChart('chart').data.datasets[0].data[0].y").getAsDouble())
        .isEqualTo(7);

    assertThat(
            see("/#metric=c&group=*")
                .eval("Chart.getChart('chart').data.datasets[0].data[0].y")
                .getAsDouble())
        .isEqualTo(14);
  }

  @Test
  void composite_isDrawnLikeAnyMetric() throws Exception {
    gauges("hits", "s", 10, 20);
    assertThat(
            http.send(
                    "PUT",
                    "/v1/metrics/half",
                    "application/json",
                    "{\"type\":\"composite\",\"composite\":\"scale(sum(s(\\\"hits\\\",\\\"*\\\")),{factor:\\\"0.5\\\"})\"}")
                .statusCode())
        .isEqualTo(201);

    final Browser.Tab tab = see("/#metric=half");

    assertThat(tab.textOf("#type")).isEqualTo("composite");
    assertThat(tab.eval("Chart.getChart('chart').data.datasets[0].data[0].y").getAsDouble())
        .isEqualTo(10);
  }

  @Test
  void percentiles_standUnderTheirTimer() throws Exception {
    gauges("call", "web-1", 10, 0.2);
    for (final String percentile : new String[] {"50", "95", "99.9"}) {
      gauges("call.p" + percentile, "web-1", 10, Double.parseDouble(percentile) / 100);
      gauges("call.p" + percentile, "web-2", 10, Double.parseDouble(percentile) / 50);
    }
    final Browser.Tab tab = see("/#metric=call");
    assertThat(tab.textOf("#metrics")).contains("p50 p95 p99.9").doesNotContain("call.p50");

    tab.click("#statistics input[value='percentiles']");

    tab.until("document.getElementById('chart').dataset.lines === '3'");
    assertThat(lines(tab)).isEqualTo("p50:10, p95:10, p99.9:10");
    assertThat(
            tab.eval("Chart.getChart('chart').data.datasets.find(d => d.label === 'p95').data[0].y")
                .getAsDouble())
        .isEqualTo(1.9); // the higher of the two sources
    assertThat(tab.textOf("#caption")).contains("percentiles cannot be averaged");
  }

  @Test
  void percentiles_areNotOfferedWithoutAny() throws Exception {
    gauges("call", "web-1", 10, 0.2);

    final Browser.Tab tab = see("/#metric=call");

    assertThat(
            tab.eval("document.querySelector('input[value=percentiles]').disabled").getAsBoolean())
        .isTrue();
  }

  @Test
  void lines_areHiddenAndLookedAt() throws Exception {
    gauges("a", "s1", 10, 1);
    gauges("a", "s2", 10, 2);
    final Browser.Tab tab = see("/#metric=a");

    tab.click("tr[data-line$='s1'] input");
    tab.until("document.getElementById('chart').dataset.lines === '1'");
    assertThat(lines(tab)).isEqualTo("s2:10");

    tab.eval("document.querySelector(\"tr[data-line$='s2'] input\").focus()");
    tab.until(
        "Chart.getChart('chart').data.datasets.find(d => d.label === 's2').borderWidth === 3");
  }

  @Test
  void lines_beyondEightAreGreyAndTheHighestAreNot() throws Exception {
    for (int i = 1; i <= 12; i++) {
      gauges("a", "s" + i, 5, i);
    }

    final Browser.Tab tab = see("/#metric=a");

    assertThat(tab.eval("document.querySelectorAll('#numbers .swatch.other').length").getAsInt())
        .isEqualTo(4);
    assertThat(tab.text("document.querySelector('tr[data-line$=s12] .swatch').className"))
        .isEqualTo("swatch line-0");
    assertThat(tab.textOf("#numbers-table tbody tr")).startsWith("s12");
  }

  @Test
  void numbers_areSortedAsAsked() throws Exception {
    gauges("a", "s1", 3, 1);
    gauges("a", "s2", 3, 2);
    gauges("a", "s10", 3, 1.5);
    final Browser.Tab tab = see("/#metric=a");

    tab.click("button[data-key='sort-label']");

    assertThat(
            tab.text(
                "[...document.querySelectorAll('#numbers .line')].map(l => l.textContent).join()"))
        .isEqualTo("s1,s2,s10");
    assertThat(tab.text("document.querySelector('#numbers th').getAttribute('aria-sort')"))
        .isEqualTo("ascending");
  }
}
