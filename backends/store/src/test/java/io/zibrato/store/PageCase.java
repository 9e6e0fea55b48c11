package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zibrato.store.http.Credentials;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test of the page: a store of its own, and a browser. After each test, whatever pages it opened
 * must have asked nobody but the store, and the browser must have had nothing to complain about.
 */
abstract class PageCase {
  /** In the address of a page whose store wants credentials. */
  static final String USER = "me:token@";

  private static Browser browser;

  @TempDir static Path browserDir;
  @TempDir Path dir;
  Store store;
  Http http;

  private final List<String> origins = new ArrayList<>();
  private final List<Browser.Tab> tabs = new ArrayList<>();
  private boolean complaintsExpected;

  @BeforeAll
  static void startBrowser() throws Exception {
    if (!Boolean.getBoolean("zibrato.test.require-tools")) {
      assumeTrue(Files.isExecutable(Browser.PROGRAM), "needs " + Browser.PROGRAM);
    }
    browser = Browser.start(browserDir);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void openStore() throws Exception {
    openStore(Optional.empty());
  }

  void openStore(Optional<Credentials> credentials) throws Exception {
    store =
        Store.open(
            new StoreOptions(
                InetAddress.getLoopbackAddress(), 0, dir.resolve("data"), credentials));
    http = new Http(store.uri());
    origins.add(store.uri() + "/");
  }

  @AfterEach
  void closeStore() throws Exception {
    // Taken before the store closes, since a page that is still open then finds nobody.
    final List<String> requests = new ArrayList<>();
    final List<String> complaints = new ArrayList<>();
    for (final Browser.Tab tab : tabs) {
      requests.addAll(tab.requests());
      complaints.addAll(tab.complaints());
    }
    store.close();
    // A data: URL is what the browser draws its own controls with.
    assertThat(requests)
        .hasSizeGreaterThanOrEqualTo(tabs.size())
        .filteredOn(url -> !url.startsWith("data:"))
        .filteredOn(url -> origins.stream().noneMatch(url.replace(USER, "")::startsWith))
        .isEmpty();
    if (!complaintsExpected) {
      assertThat(complaints)
          .filteredOn(text -> !text.contains("Canvas2D: Multiple readback")) // of these tests
          .isEmpty();
    }
  }

  /** To be said by a test in which a request fails, which the browser notes. */
  void expectComplaints() {
    complaintsExpected = true;
  }

  /** The page at an address, once it has shown what it has read. */
  Browser.Tab see(String path) {
    return seeAt(store.uri().toString(), path);
  }

  Browser.Tab seeAt(String base, String path) {
    final Browser.Tab tab = browser.open(base + path);
    tabs.add(tab);
    return tab.until("document.body?.dataset.rounds > 0");
  }

  /** An empty tab of a width and a theme. */
  Browser.Tab blank(int width, boolean dark) {
    final Browser.Tab tab = browser.open("about:blank");
    tabs.add(tab);
    tab.size(width, width < 600 ? 844 : 800);
    tab.prefersDark(dark);
    return tab;
  }

  /** Waits until what has changed has been drawn. */
  static void settle(Browser.Tab tab) {
    tab.eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  static long now() {
    return Instant.now().getEpochSecond();
  }

  void post(String gauges) throws Exception {
    final HttpResponse<String> response = http.post("{\"gauges\":[" + gauges + "]}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  void gauge(String name, String source, long time, double value) throws Exception {
    post(
        "{\"name\":\"%s\",\"source\":\"%s\",\"measure_time\":%d,\"value\":%s}"
            .formatted(name, source, time, value));
  }

  /** One value each ten seconds, the latest a minute ago. */
  void gauges(String name, String source, int count, double value) throws Exception {
    final StringBuilder gauges = new StringBuilder();
    for (int i = 0; i < count; i++) {
      gauges
          .append(i == 0 ? "" : ",")
          .append(
              "{\"name\":\"%s\",\"source\":\"%s\",\"measure_time\":%d,\"value\":%s}"
                  .formatted(name, source, now() - 60 - 10 * i, value));
    }
    post(gauges.toString());
  }

  void put(String path, String json) throws Exception {
    assertThat(http.send("PUT", path, "application/json", json).statusCode()).isEqualTo(204);
  }

  String create(String path, String json) throws Exception {
    final HttpResponse<String> response = http.send("POST", path, "application/json", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return response.body();
  }

  /** What the canvas says of what is drawn on it. */
  static String drawn(Browser.Tab tab, String what) {
    return tab.text("document.getElementById('chart').dataset." + what);
  }

  /** The labels of the lines that are drawn, in their order, with how many points each has. */
  static String lines(Browser.Tab tab) {
    return tab.text(
        "Chart.getChart('chart').data.datasets.filter(d => !d.hidden)"
            + ".map(d => d.label + ':' + d.data.length).sort().join(', ')");
  }

  /** How many pixels of the chart have nearly the colour of a line of the style sheet. */
  static int pixels(Browser.Tab tab, String color) {
    return tab.eval(
            """
            (() => {
              const canvas = document.getElementById('chart');
              const probe = document.body.appendChild(document.createElement('i'));
              probe.style.color = 'var(%s)';
              const wanted = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
              probe.remove();
              const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              let count = 0;
              for (let i = 0; i < data.length; i += 4) {
                const near = wanted.slice(0, 3).every((c, k) => Math.abs(c - data[i + k]) < 12);
                if (near && data[i + 3] > 200) count++;
              }
              return count;
            })()
            """
                .formatted(color))
        .getAsInt();
  }
}
