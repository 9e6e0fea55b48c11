package io.zibrato.backends;

/** A backend that shows what comes to whoever started it. See {@link LiveCommand}. */
public abstract class LiveBackend extends Backend {
  /** The broker at the address was heard. Called by the worker's reading thread. */
  protected abstract void connected(String endpoint);
}
