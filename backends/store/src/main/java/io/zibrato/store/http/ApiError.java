package io.zibrato.store.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** A request that is answered with an error, in the form the Librato API gives it. */
public final class ApiError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonObject errors;
  private final transient Map<String, String> headers;

  private ApiError(int status, JsonObject errors, Map<String, String> headers) {
    super(status + " " + errors);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  /** An error of the request as a whole. */
  public static ApiError request(int status, String message) {
    return request(status, message, Map.of());
  }

  public static ApiError request(int status, String message, Map<String, String> headers) {
    return new ApiError(status, under("request", message), headers);
  }

  /** The server's own failure; the client may try again. */
  public static ApiError system(int status, String message) {
    return system(status, message, Map.of());
  }

  public static ApiError system(int status, String message, Map<String, String> headers) {
    return new ApiError(status, under("system", message), headers);
  }

  public static ApiError notFound() {
    return request(404, "Not Found");
  }

  /** What was looked for; 404 if it is null. */
  public static <T> T unlessFound(T found) throws ApiError {
    if (found == null) {
      throw notFound();
    }
    return found;
  }

  /** One parameter that cannot be used: 400. */
  public static ApiError param(String name, String message) {
    return params(Map.of(name, List.of(message)));
  }

  /** Parameters that cannot be used, each with what is wrong with it: 400. */
  public static ApiError params(Map<String, List<String>> messages) {
    final JsonObject params = new JsonObject();
    messages.forEach((name, list) -> params.add(name, array(list)));
    final JsonObject errors = new JsonObject();
    errors.add("params", params);
    return new ApiError(400, errors, Map.of());
  }

  public Reply reply(long epochSeconds) {
    final JsonObject body = new JsonObject();
    body.add("errors", errors);
    body.addProperty("request_time", epochSeconds);
    return Reply.json(status, body).with(headers);
  }

  private static JsonObject under(String kind, String message) {
    final JsonObject errors = new JsonObject();
    errors.add(kind, array(List.of(message)));
    return errors;
  }

  private static JsonArray array(List<String> messages) {
    final JsonArray array = new JsonArray();
    messages.forEach(array::add);
    return array;
  }
}
