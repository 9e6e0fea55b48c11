package io.zibrato.backends.console;

import io.zibrato.backends.Snapshot;

/** A way to show measurements. */
interface View extends AutoCloseable {
  void show(Snapshot snapshot);

  void connected(String endpoint);

  /** Leaves standard output as it was found. May come twice. */
  @Override
  void close();
}
