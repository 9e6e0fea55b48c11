package io.zibrato.chaos.load;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.TimeMe;

/** What the build weaves. */
final class Work {
  private long done;

  @CountMe(name = "chaos.count")
  void count() {
    done++;
  }

  @TimeMe(name = "chaos.calls")
  void call() {
    done++;
  }

  @Override
  public String toString() {
    return "work done " + done + " times";
  }
}
