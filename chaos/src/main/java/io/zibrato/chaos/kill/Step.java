package io.zibrato.chaos.kill;

/** The steps of a flush and of a delivery, in their order. */
public enum Step {
  INTERVAL_CLOSED,
  BEFORE_COMMIT,
  AFTER_COMMIT,
  BEFORE_REQUEST,
  AFTER_REPLY,
  AFTER_DELIVERY,
  ACCEPTED
}
