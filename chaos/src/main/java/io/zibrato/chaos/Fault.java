package io.zibrato.chaos;

import java.io.IOException;
import java.util.Set;

/**
 * Something that goes wrong for a while.
 *
 * @param name which and where, for the log
 * @param kind what {@code --only} calls it
 * @param touches what no other fault may touch meanwhile
 */
record Fault(String kind, String name, Set<String> touches, Action begin, Action end) {
  /** Begins it, or ends it. */
  interface Action {
    void run() throws IOException, InterruptedException;
  }
}
