package io.zibrato.chaos.service;

/** How the service answers. */
public enum Mood {
  /** As it should. */
  GOOD,
  /** 429, with Retry-After: nothing is taken. */
  BUSY,
  /** 500: nothing is taken. */
  FAILING,
  /** 503: nothing is taken. */
  DOWN,
  /** Never, and nothing is taken. */
  HANGING_BEFORE,
  /** Never, but all is taken. */
  HANGING_AFTER,
  /** By closing the connection, but all is taken. */
  CUTTING_AFTER
}
