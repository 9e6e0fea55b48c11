package io.zibrato.store.http;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one request is answered with. */
public record Reply(int status, Map<String, String> headers, byte[] body) {
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  public static Reply json(int status, JsonElement body) {
    return writtenJson(status, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * JSON that is written already.
   *
   * @param body in UTF-8
   */
  public static Reply writtenJson(int status, byte[] body) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/json;charset=utf-8", "Cache-Control", "no-store"),
        body);
  }

  /** 201, with what was made and where it is. */
  public static Reply created(JsonElement body, String location) {
    return json(201, body).with(Map.of("Location", location));
  }

  public Reply with(Map<String, String> more) {
    final Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, all, body);
  }
}
