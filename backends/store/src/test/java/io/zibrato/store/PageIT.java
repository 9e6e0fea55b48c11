package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zibrato.store.http.Credentials;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a browser shows it. */
class PageIT {
  private static final String NO_ERROR =
      "<p id=\"error\" class=\"error\" role=\"alert\" hidden=\"\">";

  @TempDir Path dir;
  private Store store;
  private Http http;

  @BeforeEach
  void open() throws Exception {
    store =
        Store.open(
            new StoreOptions(
                InetAddress.getLoopbackAddress(), 0, dir.resolve("data"), Optional.empty()));
    http = new Http(store.uri());
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/page.css", "/page.js", "/plot.js", "/chart.js", "/icon.svg"})
  void assets_areOurOwnAndLoadNothingElse(String path) throws Exception {
    final HttpResponse<String> response = http.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotEmpty();
    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self';"));
  }

  @Test
  void empty_saysHowToSend() throws Exception {
    final Chromium.Seen seen = see("/");

    assertThat(seen.dom()).contains("<section id=\"empty\" class=\"empty\">");
    assertThat(seen.dom()).contains("curl " + store.uri() + "/v1/metrics");
    assertThat(seen.dom()).contains(NO_ERROR).contains("<section id=\"metric\" hidden=\"\">");
  }

  @Test
  void credentials_areCarriedOn() throws Exception {
    post("{\"gauges\":[{\"name\":\"a\",\"value\":1}]}");
    store.close();
    store =
        Store.open(
            new StoreOptions(
                InetAddress.getLoopbackAddress(),
                0,
                dir.resolve("data"),
                Optional.of(new Credentials("me", "token"))));

    final Chromium.Seen seen =
        see(store.uri().toString().replace("//", "//me:token@") + "/#metric=a", "");

    assertThat(seen.dom()).contains("<h1 id=\"name\">a</h1>").contains(NO_ERROR);
    assertThat(canvas(seen, "points")).isEqualTo("1");
  }

  @Test
  void metric_isListedAndDrawn() throws Exception {
    final long now = Instant.now().getEpochSecond();
    final StringBuilder gauges = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      for (final String source : new String[] {"web-1", "web-2"}) {
        gauges.append(
            "{\"name\":\"orders.placed\",\"source\":\"%s\",\"value\":%d,\"measure_time\":%d},"
                .formatted(source, i, now - 60 - 10 * i));
      }
    }
    post("{\"gauges\":[" + gauges + "{\"name\":\"other\",\"value\":1}]}");

    final Chromium.Seen seen = see("/#metric=orders.placed&stat=sum&range=900");

    assertThat(seen.dom())
        .contains("<a href=\"#metric=orders.placed&amp;stat=sum&amp;range=900\"")
        .contains(">other</a>")
        .contains("<h1 id=\"name\">orders.placed</h1>")
        .contains("<span>web-1</span>")
        .contains("<td>190</td>")
        .contains(NO_ERROR);
    assertThat(canvas(seen, "state")).isEqualTo("drawn");
    assertThat(canvas(seen, "points")).isEqualTo("40");
    assertThat(canvas(seen, "lines")).isEqualTo("2");
  }

  @Test
  void metric_withoutOneChosenShowsTheFirst() throws Exception {
    post("{\"counters\":[{\"name\":\"b\",\"value\":1},{\"name\":\"a\",\"value\":2}]}");

    final Chromium.Seen seen = see("/");

    assertThat(seen.dom()).contains("<h1 id=\"name\">a</h1>").contains(NO_ERROR);
    assertThat(canvas(seen, "points")).isEqualTo("1");
  }

  @Test
  void metric_withoutRecentMeasurementsSaysSo() throws Exception {
    post("{\"measure_time\":1700000040,\"gauges\":[{\"name\":\"old\",\"value\":1}]}");

    final Chromium.Seen seen = see("/#metric=old");

    assertThat(seen.dom()).contains("No measurements in the last 15 min. The latest is from Nov 1");
    assertThat(canvas(seen, "state")).isEqualTo("empty");
  }

  @Test
  void error_isShown() throws Exception {
    post("{\"gauges\":[{\"name\":\"a\",\"value\":1}]}");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("data/store.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE measurement");
    }

    final Chromium.Seen seen = Chromium.open(dir, toolOrSkip(store.uri() + "/#metric=a"));

    assertThat(seen.dom()).contains("role=\"alert\">The store answered 500: {");
  }

  @Test
  void metric_unknownIsTextOnly() throws Exception {
    final Chromium.Seen seen = see("/#metric=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E");

    assertThat(seen.dom()).contains("There is no metric named").doesNotContain("<img src=\"x\"");
  }

  @Test
  void properties_areTextOnly() throws Exception {
    post(
        "{\"gauges\":[{\"name\":\"a\",\"value\":1,\"display_name\":\"<img src=x>\","
            + "\"description\":\"<script>document.title='x'</script>\"}]}");

    final Chromium.Seen seen = see("/#metric=a");

    assertThat(seen.dom())
        .contains("&lt;img src=x&gt; · &lt;script&gt;")
        .contains("<title>a · Zibrato store</title>")
        .doesNotContain("<img src=\"x\"");
  }

  private void post(String body) throws Exception {
    assertThat(http.post(body).statusCode()).isEqualTo(200);
  }

  private Chromium.Seen see(String path) throws Exception {
    return see(store.uri().toString(), path);
  }

  private Chromium.Seen see(String base, String path) throws Exception {
    final Chromium.Seen seen = Chromium.open(dir, toolOrSkip(base + path));
    assertThat(seen.console()).doesNotContain("CONSOLE").doesNotContain("Content Security Policy");
    return seen;
  }

  private static String toolOrSkip(String url) {
    if (!Boolean.getBoolean("zibrato.test.require-tools")) {
      assumeTrue(Files.isExecutable(Chromium.PROGRAM), "needs " + Chromium.PROGRAM);
    }
    return url;
  }

  private static String canvas(Chromium.Seen seen, String data) {
    final Matcher canvas =
        Pattern.compile("<canvas id=\"chart\"[^>]* data-" + data + "=\"([^\"]*)\"")
            .matcher(seen.dom());
    assertThat(canvas.find()).as("canvas in %s", seen.dom()).isTrue();
    return canvas.group(1);
  }
}
