package io.zibrato.backends.influx;

import io.zibrato.backends.WorkerCommand;

/** {@code java -jar zibrato-influx.jar}. */
public final class InfluxMain {
  private InfluxMain() {}

  public static void main(String[] args) {
    System.exit(
        WorkerCommand.run(
            "zibrato-influx",
            new InfluxFlags(System.getenv()),
            args,
            flags -> new InfluxBackend(flags.options())));
  }
}
