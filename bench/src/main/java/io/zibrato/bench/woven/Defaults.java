package io.zibrato.bench.woven;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.TimeMe;

/** Interface methods, counted and timed, woven at compile time. */
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
