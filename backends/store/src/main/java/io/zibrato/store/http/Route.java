package io.zibrato.store.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One endpoint's place.
 *
 * @param method GET also answers HEAD
 * @param path segments after a slash; one that starts with {@code :} matches any and is handed to
 *     the endpoint under its name
 * @param open answers without credentials
 */
public record Route(String method, String path, boolean open, Endpoint endpoint) {
  /** Answers one request; runs on a thread of the server, and may block. */
  public interface Endpoint {
    Reply answer(Call call) throws ApiError, IOException, SQLException, InterruptedException;
  }

  public static Route of(String method, String path, Endpoint endpoint) {
    return new Route(method, path, false, endpoint);
  }

  public static Route open(String method, String path, Endpoint endpoint) {
    return new Route(method, path, true, endpoint);
  }

  public boolean takes(String requestMethod) {
    return method.equals(requestMethod) || (method.equals("GET") && requestMethod.equals("HEAD"));
  }

  /**
   * The values of the named segments; null if the path does not match. {@code rawPath} is as sent,
   * percent-encoded.
   */
  public Map<String, String> match(String rawPath) {
    final List<String> wanted = List.of(path.split("/", -1));
    final List<String> given = List.of(rawPath.split("/", -1));
    if (wanted.size() != given.size()) {
      return null;
    }
    final Map<String, String> values = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).startsWith(":")) {
        values.put(wanted.get(i).substring(1), decode(given.get(i)));
      } else if (!wanted.get(i).equals(given.get(i))) {
        return null;
      }
    }
    return values;
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }
}
