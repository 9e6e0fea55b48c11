package io.zibrato.backends;

import java.time.Duration;

/** A backend that shows what comes to whoever started it. See {@link LiveCommand}. */
public abstract class LiveBackend extends Backend {
  /** The broker at the address was heard. Called by the worker's reading thread. */
  protected abstract void connected(String endpoint);

  /** The page for a supervisor is at the address. Called once, if there is one. */
  protected abstract void health(String address);

  /** One second: who has it stop does not look on any more. */
  @Override
  public Duration finishing() {
    return Duration.ofSeconds(1);
  }
}
