package io.zibrato.store.http;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** One request, as an endpoint sees it. */
public final class Call {
  private static final int MAX_KEY = 255;

  private final Request request;
  private final Map<String, String> segments;
  private final Fields query;

  public Call(Request request, Map<String, String> segments) throws ApiError {
    this.request = request;
    this.segments = segments;
    try {
      query = Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw ApiError.request(400, "The query string cannot be read");
    }
  }

  /** A named part of the path. */
  public String segment(String name) {
    return segments.get(name);
  }

  /** A named part of the path that is the id of something; 404 if it is no number. */
  public long id(String name) throws ApiError {
    final String id = segment(name);
    if (!id.matches("[0-9]{1,18}")) {
      throw ApiError.notFound();
    }
    return Long.parseLong(id);
  }

  public boolean has(String name) {
    return query.getValue(name) != null;
  }

  public String text(String name, String fallback) {
    final String value = query.getValue(name);
    return value == null ? fallback : value;
  }

  /** Whether {@code true} or {@code 1} is given; the fallback if neither is, nor false or 0. */
  public boolean flag(String name, boolean fallback) throws ApiError {
    return switch (text(name, "")) {
      case "" -> fallback;
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw ApiError.param(name, "must be true or false");
    };
  }

  /** Method and path. */
  public String path() {
    return request.getMethod() + " " + request.getHttpURI().getPath();
  }

  /** The address of the request, without its query. */
  public String url() {
    return HttpURI.build(request.getHttpURI()).query(null).asString();
  }

  /** Everything in the query, in order. */
  public List<Map.Entry<String, String>> parameters() {
    final List<Map.Entry<String, String>> all = new ArrayList<>();
    for (final Fields.Field field : query) {
      field.getValues().forEach(value -> all.add(Map.entry(field.getName(), value)));
    }
    return all;
  }

  /** A whole number within limits, or the fallback when it is not given. */
  public long number(String name, long fallback, long min, long max) throws ApiError {
    final String value = query.getValue(name);
    if (value == null) {
      return fallback;
    }
    final Number number = Numbers.parse(value);
    if (number == null || !Numbers.whole(number)) {
      throw ApiError.param(name, "is not an integer");
    }
    if (number.longValue() < min || number.longValue() > max) {
      throw ApiError.param(name, "must be between " + min + " and " + max);
    }
    return number.longValue();
  }

  /** Every value given under any of the names, in order. */
  public Set<String> values(String... names) {
    final Set<String> values = new LinkedHashSet<>();
    for (final String name : names) {
      final List<String> given = query.getValues(name);
      if (given != null) {
        values.addAll(given);
      }
    }
    return values;
  }

  /**
   * What the header {@code Idempotency-Key} says, with its quotes where it has them; null if it is
   * not there.
   */
  public String idempotencyKey() throws ApiError {
    final String key = request.getHeaders().get("Idempotency-Key");
    if (key != null && (key.isEmpty() || key.length() > MAX_KEY)) {
      throw ApiError.request(400, "Idempotency-Key is not of 1 to " + MAX_KEY + " characters");
    }
    return key;
  }

  /** The body, JSON or a form, as one object. */
  public JsonObject body() throws ApiError, IOException {
    return RequestBody.read(request);
  }
}
