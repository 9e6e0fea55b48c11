package io.zibrato.librato;

import com.google.gson.JsonElement;

/**
 * One request.
 *
 * @param target path and query, encoded, from {@code /v1/} on
 * @param body JSON; null for none
 * @param key the value of {@code Idempotency-Key}; null for none
 * @param read whether anybody reads what a good answer says
 */
record Request(String method, String target, String body, String key, boolean read) {
  static Request get(Target target) {
    return new Request("GET", target.toString(), null, null, true);
  }

  static Request put(Target target, JsonElement body) {
    return new Request("PUT", target.toString(), body.toString(), null, false);
  }

  static Request delete(Target target) {
    return new Request("DELETE", target.toString(), null, null, false);
  }

  static Request delete(Target target, JsonElement body) {
    return new Request("DELETE", target.toString(), body.toString(), null, false);
  }

  static Request post(Target target, JsonElement body, String key) {
    String text = body == null ? null : body.toString();
    return new Request("POST", target.toString(), text, key, true);
  }

  Request unread() {
    return new Request(method, target, body, key, false);
  }

  boolean is(String other) {
    return method.equals(other);
  }

  /** Whether it may arrive twice and still be done once. */
  boolean repeatable() {
    return !is("POST") || key != null;
  }
}
