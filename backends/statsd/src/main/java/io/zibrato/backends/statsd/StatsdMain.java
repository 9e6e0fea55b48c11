package io.zibrato.backends.statsd;

import io.zibrato.backends.WorkerCommand;

/** {@code java -jar zibrato-statsd.jar}. */
public final class StatsdMain {
  private StatsdMain() {}

  public static void main(String[] args) {
    System.exit(
        WorkerCommand.run(
            "zibrato-statsd",
            new StatsdFlags(),
            args,
            flags -> new StatsdBackend(flags.options())));
  }
}
