package io.zibrato.bench.loaded;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.TimeMe;

/** Interface methods, counted and timed, woven at load time, by the agent. */
interface Defaults {
  @CountMe
  default int countDefault(int n) {
    return n ^ 17;
  }

  @TimeMe
  default int timeDefault(int n) {
    return n ^ 17;
  }
}
