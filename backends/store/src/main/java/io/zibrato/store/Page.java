package io.zibrato.store;

import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The web page at {@code /}, and at {@code /page/:file} what it loads, all out of our own jar. */
final class Page {
  static final List<String> FILES =
      List.of(
          "address.js",
          "alerts-view.js",
          "alerts.js",
          "annotations.js",
          "api.js",
          "chart-card.js",
          "dom.js",
          "format.js",
          "icon.svg",
          "keys.js",
          "lines-table.js",
          "lines.js",
          "live.js",
          "marks.js",
          "metric-lines.js",
          "metric-list.js",
          "metrics-view.js",
          "page.css",
          "page.js",
          "palette.js",
          "percentiles.js",
          "plot.js",
          "range-picker.js",
          "reader.js",
          "spaces-view.js",
          "stored-theme.js",
          "stream-lines.js",
          "theme.js",
          "ticks.js",
          "transform.js",
          "views.css",
          "window.js");

  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " object-src 'none'";
  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private Page() {}

  static List<Route> routes() throws IOException {
    final Reply index = asset("page/index.html");
    final Map<String, Reply> files = new HashMap<>();
    for (final String file : FILES) {
      files.put(file, asset("page/" + file));
    }
    files.put("chart.js", asset(Build.chartScript()));
    return List.of(
        Route.of("GET", "/", call -> index),
        Route.of("GET", "/page/:file", call -> find(files, call.segment("file"))));
  }

  private static Reply find(Map<String, Reply> files, String name) throws ApiError {
    final Reply file = files.get(name);
    if (file == null) {
      throw ApiError.notFound();
    }
    return file;
  }

  private static Reply asset(String resource) throws IOException {
    final Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", CONTENT_TYPES.get(resource.replaceFirst(".*\\.", "")));
    headers.put("Cache-Control", "no-cache");
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    return new Reply(200, headers, bytes(resource));
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("not in the jar: " + resource);
      }
      return in.readAllBytes();
    }
  }
}
