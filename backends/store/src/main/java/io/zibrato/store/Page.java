package io.zibrato.store;

import io.zibrato.store.http.Reply;
import io.zibrato.store.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The web page at {@code /} and what it loads, all out of our own jar. */
final class Page {
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " object-src 'none'";

  private Page() {}

  static List<Route> routes() throws IOException {
    return List.of(
        asset("/", "page/index.html", "text/html;charset=utf-8"),
        asset("/page.css", "page/page.css", "text/css;charset=utf-8"),
        asset("/page.js", "page/page.js", "text/javascript;charset=utf-8"),
        asset("/plot.js", "page/plot.js", "text/javascript;charset=utf-8"),
        asset("/icon.svg", "page/icon.svg", "image/svg+xml"),
        asset("/chart.js", Build.chartScript(), "text/javascript;charset=utf-8"));
  }

  private static Route asset(String path, String resource, String contentType) throws IOException {
    final Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", "no-cache");
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    final Reply reply = new Reply(200, headers, bytes(resource));
    return Route.of("GET", path, call -> reply);
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
