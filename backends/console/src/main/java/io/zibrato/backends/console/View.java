package io.zibrato.backends.console;

import io.zibrato.backends.Snapshot;

/** A way to show measurements. */
interface View extends AutoCloseable {
  void show(Snapshot snapshot);

  void connected(String endpoint);

  void health(String address);

  /**
   * Leaves standard output as it was found. May come twice, and does not wait for whoever reads it.
   */
  @Override
  void close();
}
