package io.zibrato.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test moves by hand. */
final class HandClock extends Clock {
  private volatile long seconds;

  HandClock(long epochSeconds) {
    seconds = epochSeconds;
  }

  void set(long epochSeconds) {
    seconds = epochSeconds;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(seconds);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
