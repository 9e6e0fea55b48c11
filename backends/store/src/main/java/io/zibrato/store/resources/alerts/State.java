package io.zibrato.store.resources.alerts;

import java.util.Locale;

/** How an alert stands. The API's own word for the first two is {@code ok}. */
enum State {
  /** None of its conditions is met. */
  OK,
  /** Some of its conditions are met, and not all. */
  TROUBLED,
  /** All of its conditions are met. */
  TRIGGERED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static State of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
