package io.zibrato.store.resources.alerts;

import java.time.Clock;

/** Evaluates a store's alerts when a test says so; webhooks are called as ever. */
public final class Rounds {
  private final Clock clock;
  private Alerting alerting;

  public Rounds(Clock clock) {
    this.clock = clock;
  }

  public void start(Alerting started) {
    alerting = started;
    alerting.webhooks().start();
  }

  public void evaluate() throws InterruptedException {
    alerting.evaluator().round(clock.instant().getEpochSecond());
  }

  /** Has what is due by the clock called. */
  public void call() {
    alerting.webhooks().wake();
  }
}
