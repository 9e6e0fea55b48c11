package io.zibrato.librato;

import com.google.gson.JsonElement;

/**
 * One request.
 *
 * @param target path and query, encoded, from {@code /v1/} on
 * @param body JSON; null for none
 * @param key the value of {@code Idempotency-Key}; null for none
 */
record Request(String method, String target, String body, String key) {
  static Request get(Target target) {
    return new Request("GET", target.toString(), null, null);
  }

  static Request put(Target target, JsonElement body) {
    return new Request("PUT", target.toString(), body.toString(), null);
  }

  static Request delete(Target target) {
    return new Request("DELETE", target.toString(), null, null);
  }

  static Request delete(Target target, JsonElement body) {
    return new Request("DELETE", target.toString(), body.toString(), null);
  }

  static Request post(Target target, JsonElement body, String key) {
    return new Request("POST", target.toString(), body == null ? null : body.toString(), key);
  }

  boolean is(String other) {
    return method.equals(other);
  }

  /** Whether it may arrive twice and still be done once. */
  boolean repeatable() {
    return !is("POST") || key != null;
  }
}
