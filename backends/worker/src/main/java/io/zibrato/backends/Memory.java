package io.zibrato.backends;

import java.io.IOException;

/**
 * What a backend keeps from run to run, in the worker's state: for what it decides once and must
 * not decide otherwise later, such as a series' name. It is written by the transaction that keeps
 * the interval which it was decided for, before any part of that is delivered: no kill parts them.
 *
 * <p>Kept are rows of a key and a value, of whatever bytes; how many is for the backend to bound.
 *
 * <p>Threads: {@link #recall} is called by the thread that starts the worker, before all else, the
 * others by the reading thread, while {@link Backend#flush} may run; none may block.
 */
public interface Memory {
  /** Takes what changed. */
  interface Sink {
    void put(byte[] key, byte[] value) throws IOException;

    void remove(byte[] key) throws IOException;
  }

  /** Takes back a row that was kept; one that the disk gave back damaged is left out. */
  void recall(byte[] key, byte[] value);

  /** An interval was closed, and is about to be kept. */
  void closed(Snapshot interval);

  /** Hands over all that changed since {@link #saved}: again, if the disk did not take it. */
  void save(Sink sink) throws IOException;

  /** What was handed over last is kept for good. */
  void saved();
}
