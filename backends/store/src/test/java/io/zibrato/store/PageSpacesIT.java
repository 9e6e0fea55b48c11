package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** Spaces and their charts. */
class PageSpacesIT extends PageCase {
  private long space(String name, String... charts) throws Exception {
    final long id =
        JsonParser.parseString(create("/v1/spaces", "{\"name\":\"" + name + "\"}"))
            .getAsJsonObject()
            .get("id")
            .getAsLong();
    for (final String chart : charts) {
      create("/v1/spaces/" + id + "/charts", chart);
    }
    return id;
  }

  private static String chartOf(String title) {
    return "Chart.getChart([...document.querySelectorAll('.chart')]"
        + ".find(c => c.querySelector('h2').textContent === '%s').querySelector('canvas'))"
            .formatted(title);
  }

  private static String values(Browser.Tab tab, String title) {
    return tab.text(
        chartOf(title)
            + ".data.datasets.map(d => d.label + '=' + d.data.map(p => p.y)).sort().join(' ')");
  }

  @Test
  void spaces_areListedFoundAndOpened() throws Exception {
    space("Shop", "{\"name\":\"Orders\",\"streams\":[{\"metric\":\"a\",\"source\":\"*\"}]}");
    space("Warehouse");
    gauges("a", "s", 3, 1);
    final Browser.Tab tab = see("/#view=spaces");
    assertThat(tab.textOf("#found")).isEqualTo("2 spaces");

    tab.press("/");
    tab.type("sho");
    tab.until("document.getElementById('found').textContent === '1 space of 2'");
    tab.press("Enter");

    tab.until("document.getElementById('space-name').textContent === 'Shop'");
    tab.until("document.querySelectorAll('#charts .chart').length === 1");
    assertThat(tab.textOf("#charts h2")).isEqualTo("Orders");
    assertThat(tab.text("location.hash")).contains("space=");
  }

  @Test
  void charts_ofEachKind() throws Exception {
    final long time = now() - 60;
    gauge("a", "s1", time, 2);
    gauge("a", "s2", time, 4);
    final String all = "\"streams\":[{\"metric\":\"a\",\"source\":\"*\",\"group_function\":";
    final long id =
        space(
            "Kinds",
            "{\"name\":\"lines\",\"type\":\"line\"," + all + "\"breakout\"}]}",
            "{\"name\":\"stack\",\"type\":\"stacked\"," + all + "\"breakout\"}]}",
            "{\"name\":\"figure\",\"type\":\"bignumber\"," + all + "\"sum\"}]}");

    final Browser.Tab tab = see("/#space=" + id);

    assertThat(values(tab, "lines")).isEqualTo("s1=2 s2=4");
    assertThat(tab.eval(chartOf("lines") + ".options.scales.y.stacked").getAsBoolean()).isFalse();
    assertThat(values(tab, "stack")).isEqualTo("s1=2 s2=4");
    assertThat(tab.eval(chartOf("stack") + ".options.scales.y.stacked").getAsBoolean()).isTrue();
    assertThat(tab.textOf(".figure:not([hidden]) strong")).isEqualTo("6");
    assertThat(tab.textOf("#charts")).contains("Numbers");
  }

  @Test
  void streams_areSummedUpAsTheySay() throws Exception {
    final long time = now() - 60;
    gauge("a", "web-1", time, 2);
    gauge("a", "web-2", time, 4);
    gauge("a", "db-1", time, 90);
    gauge("level", "s", time - 120, 2);
    gauge("level", "s", time, 5);
    final long id =
        space(
            "Streams",
            "{\"name\":\"c\",\"min\":-5,\"max\":50,\"streams\":["
                + "{\"metric\":\"a\",\"source\":\"web-*\",\"name\":\"mean\"},"
                + "{\"metric\":\"a\",\"source\":\"web-*\",\"group_function\":\"max\",\"name\":\"max\"},"
                + "{\"metric\":\"a\",\"source\":\"web-*\",\"group_function\":\"sum\",\"name\":\"sum\","
                + "\"transform_function\":\"(x - 1) * 10 / 2\",\"color\":\"#123456\"},"
                + "{\"metric\":\"level\",\"summary_function\":\"derivative\",\"name\":\"rise\"},"
                + "{\"metric\":\"deploys\",\"type\":\"annotation\"},"
                + "{\"metric\":\"a\",\"source\":\"db-1\",\"name\":\"db\"}]}");

    final Browser.Tab tab = see("/#space=" + id);

    assertThat(values(tab, "c")).isEqualTo("db=90 max=4 mean=3 rise=3 sum=25");
    assertThat(tab.text(chartOf("c") + ".data.datasets.find(d => d.label === 'sum').borderColor"))
        .isEqualTo("#123456");
    assertThat(tab.eval(chartOf("c") + ".scales.y.min").getAsDouble()).isEqualTo(-5);
    assertThat(tab.eval(chartOf("c") + ".scales.y.max").getAsDouble()).isEqualTo(50);
  }

  @Test
  void formulas_thatMakeNoSenseSayWhere() throws Exception {
    gauges("a", "s", 2, 1);
    final Browser.Tab tab = see("/#metric=a");
    final String script =
        "import('/page/transform.js').then(({compile}) => { try { return String(compile('%s')(6, 60)); }"
            + " catch (e) { return e.message; } })";

    assertThat(tab.text(script.formatted("x*2+1"))).isEqualTo("13");
    assertThat(tab.text(script.formatted("-(x - p) / .5"))).isEqualTo("108");
    assertThat(tab.text(script.formatted("x 2")))
        .isEqualTo("In “x 2”: an operator expected before “2”");
    assertThat(tab.text(script.formatted("(x + ")))
        .isEqualTo("In “(x + ”: a number, x, p or “(” expected at the end");
    assertThat(tab.text(script.formatted("alert(1)"))).startsWith("In “alert(1)”: ");
  }

  @Test
  void aStreamThatFails_isSaidAndTheOthersAreDrawn() throws Exception {
    gauge("a", "s", now() - 60, 2);
    final long id =
        space(
            "Half",
            "{\"name\":\"c\",\"streams\":[{\"metric\":\"a\",\"source\":\"*\"},"
                + "{\"metric\":\"not.there\",\"source\":\"*\"}]}");

    final Browser.Tab tab = see("/#space=" + id);

    assertThat(tab.textOf(".problem")).contains("there is no metric not.there");
    assertThat(values(tab, "c")).isEqualTo("a=2");
    expectComplaints();
  }

  @Test
  void aSpaceWithoutAnything_saysSo() throws Exception {
    final Browser.Tab tab = see("/#view=spaces");
    assertThat(tab.textOf("#space-nothing")).startsWith("There are no spaces yet.");

    final long id = space("Bare", "{\"name\":\"<i>c</i>\",\"streams\":[]}");
    final Browser.Tab bare = see("/#space=" + id);

    assertThat(bare.textOf("#charts h2")).isEqualTo("<i>c</i>");
    assertThat(bare.textOf("#charts .nothing")).isEqualTo("This chart has no streams.");
  }

  @Test
  void space_unknown() {
    final Browser.Tab tab = see("/#space=777");

    assertThat(tab.textOf("#space-nothing")).isEqualTo("There is no such space.");
    expectComplaints();
  }

  @Test
  void charts_keepTheirPlaceAndFollowTheTime() throws Exception {
    gauge("a", "s", now() - 60, 2);
    gauge("a", "s", now() - 3_000, 5);
    final long id =
        space("One", "{\"name\":\"c\",\"streams\":[{\"metric\":\"a\",\"source\":\"*\"}]}");
    final Browser.Tab tab = see("/#space=" + id);
    assertThat(values(tab, "c")).isEqualTo("a=2");
    tab.eval("document.querySelector('.chart').dataset.same = 'yes'");

    tab.click("#ranges input[value='3600']");

    tab.until(chartOf("c") + ".data.datasets[0].data.length === 2");
    assertThat(tab.text("document.querySelector('.chart').dataset.same")).isEqualTo("yes");
  }
}
