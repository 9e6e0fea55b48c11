package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.http.Credentials;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page as a browser shows it: what it loads, what it lists, and what it says when it cannot.
 */
class PageIT extends PageCase {
  static Stream<String> paths() {
    return Stream.concat(
        Stream.of("/", "/page/chart.js"), Page.FILES.stream().map(file -> "/page/" + file));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void assets_areOurOwnAndLoadNothingElse(String path) throws Exception {
    final HttpResponse<String> response = http.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotEmpty();
    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self';"));
    if (!path.endsWith("chart.js")) {
      assertThat(response.body().replace("http://www.w3.org/2000/svg", ""))
          .doesNotContain("innerHTML", "http://", "https://", "//cdn");
    }
  }

  @Test
  void assets_areAllOfThePagesFolder() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/zibrato/store/page"))) {
      final List<String> names = files.map(file -> file.getFileName().toString()).toList();

      assertThat(names).contains("index.html");
      assertThat(names.stream().filter(name -> !name.equals("index.html")))
          .containsExactlyInAnyOrderElementsOf(Page.FILES);
    }
  }

  @Test
  void asset_unknown() throws Exception {
    assertThat(http.get("/page/other.js").statusCode()).isEqualTo(404);
  }

  @Test
  void empty_saysHowToSend() {
    final Browser.Tab tab = see("/");

    tab.until("!document.getElementById('empty').hidden");
    assertThat(tab.textOf("#example")).contains("curl " + store.uri() + "/v1/metrics");
    assertThat(tab.textOf("#found")).isEqualTo("No metrics yet");
    assertThat(tab.eval("document.getElementById('metric').hidden").getAsBoolean()).isTrue();
    assertThat(tab.eval("document.getElementById('errors').hidden").getAsBoolean()).isTrue();
  }

  @Test
  void empty_showsTheFirstMetricByItself() throws Exception {
    final Browser.Tab tab = see("/");

    gauge("first", "a", now(), 3);

    tab.until("document.getElementById('name').textContent === 'first'");
    tab.until("document.getElementById('chart').dataset.points === '1'");
  }

  @Test
  void credentials_areCarriedOn() throws Exception {
    store.close();
    openStore(Optional.of(new Credentials("me", "token")));

    final Browser.Tab tab = seeAt(store.uri().toString().replace("//", "//" + USER), "/");

    assertThat(tab.textOf("#found")).isEqualTo("No metrics yet");
    assertThat(tab.eval("document.getElementById('errors').hidden").getAsBoolean()).isTrue();
  }

  @Test
  void metric_isListedAndDrawn() throws Exception {
    gauges("orders.placed", "web-1", 20, 4);
    gauges("orders.placed", "web-2", 20, 6);
    gauge("other", "web-1", now(), 1);

    final Browser.Tab tab = see("/#metric=orders.placed&stat=sum&range=900");

    assertThat(tab.textOf("#metrics")).contains("orders.placed").contains("other");
    assertThat(tab.textOf("#metrics [aria-current] .name")).isEqualTo("orders.placed");
    assertThat(tab.textOf("#name")).isEqualTo("orders.placed");
    assertThat(drawn(tab, "state")).isEqualTo("drawn");
    assertThat(drawn(tab, "points")).isEqualTo("40");
    assertThat(lines(tab)).isEqualTo("web-1:20, web-2:20");
    assertThat(pixels(tab, "--line-0")).isGreaterThan(100);
    assertThat(pixels(tab, "--line-1")).isGreaterThan(100);
    assertThat(pixels(tab, "--line-2")).isZero();
    assertThat(tab.textOf("tr[data-line$='web-2']")).contains("120"); // 20 times 6
  }

  @Test
  void metric_addressOfTheFirstVersionStillOpensIt() throws Exception {
    gauge("a", "s", now(), 1);

    assertThat(see("/#metric=A&stat=mean&range=900").textOf("#name")).isEqualTo("a");
  }

  @Test
  void metric_withoutRecentMeasurementsSaysSo() throws Exception {
    post("{\"name\":\"old\",\"value\":1,\"measure_time\":1700000040}");

    final Browser.Tab tab = see("/#metric=old");

    assertThat(tab.textOf("#nothing"))
        .startsWith("No measurements in the last 15 min. The latest is from Nov 1");
    assertThat(drawn(tab, "state")).isEqualTo("empty");
  }

  @Test
  void metric_unknownIsTextOnly() {
    final Browser.Tab tab = see("/#metric=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E");

    assertThat(tab.textOf("#nothing")).contains("There is no metric named “<img src=x");
    assertThat(tab.eval("document.querySelectorAll('img[src=x]').length").getAsInt()).isZero();
    expectComplaints(); // the store's 404
  }

  @Test
  void properties_areTextOnly() throws Exception {
    post(
        "{\"name\":\"a\",\"value\":1,\"display_name\":\"<img src=x>\","
            + "\"description\":\"<script>document.title='x'</script>\","
            + "\"attributes\":{\"display_units_short\":\"<b>\"}}");

    final Browser.Tab tab = see("/#metric=a");

    assertThat(tab.textOf("#about")).isEqualTo("<img src=x> · <script>document.title='x'</script>");
    assertThat(tab.textOf("#numbers-table")).contains("1 <b>");
    assertThat(tab.text("document.title")).isEqualTo("a · Zibrato store");
    assertThat(tab.eval("document.querySelectorAll('img[src=x], td b').length").getAsInt())
        .isZero();
  }

  @Test
  void search_narrowsTheListByKeyboard() throws Exception {
    for (final String name : List.of("alpha.one", "alpha.two", "beta.one")) {
      gauge(name, "s", now(), 1);
    }
    final Browser.Tab tab = see("/#metric=beta.one");

    tab.press("/");
    tab.type("alpha");
    tab.until("document.getElementById('found').textContent === '2 metrics of 3'");
    assertThat(tab.textOf("#metrics")).doesNotContain("beta.one");
    assertThat(tab.textOf("#name")).isEqualTo("beta.one");

    tab.press("ArrowDown");
    tab.press("ArrowDown");
    tab.press("Enter");
    tab.until("document.getElementById('name').textContent === 'alpha.two'");
  }

  @Test
  void list_showsMoreThanAPage() throws Exception {
    final StringBuilder gauges = new StringBuilder("{\"name\":\"m.000\",\"value\":1}");
    for (int i = 1; i < 130; i++) {
      gauges.append(",{\"name\":\"m.%03d\",\"value\":1}".formatted(i));
    }
    post(gauges.toString());

    final Browser.Tab tab = see("/");
    assertThat(tab.textOf("#found")).isEqualTo("130 metrics, the first 100");
    tab.click("#more");

    tab.until("document.querySelectorAll('#metrics li').length === 130");
    assertThat(tab.eval("document.getElementById('more').hidden").getAsBoolean()).isTrue();
  }

  @Test
  void failure_isSaidAndTheRestStays() throws Exception {
    gauge("a", "s", now(), 1);
    final Browser.Tab tab = see("/#metric=a");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("data/store.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE series");
    }

    tab.press("r");

    tab.until(
        "document.getElementById('errors').textContent.includes('a: The store answered 500')");
    assertThat(tab.textOf("#metrics")).contains("a");
    assertThat(tab.text("document.getElementById('errors').getAttribute('role')"))
        .isEqualTo("alert");
    expectComplaints();
  }

  @Test
  void failure_ofTheStoreIsSaidUntilItIsBack() throws Exception {
    gauge("a", "s", now(), 1);
    final Browser.Tab tab = see("/#metric=a");

    store.close();
    tab.press("r");
    tab.until("document.getElementById('errors').textContent.includes('does not answer')");

    assertThat(tab.textOf("#name")).isEqualTo("a");
    assertThat(drawn(tab, "points")).isEqualTo("1");
    expectComplaints();
  }
}
