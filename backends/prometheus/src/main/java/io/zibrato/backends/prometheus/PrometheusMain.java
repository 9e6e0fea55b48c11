package io.zibrato.backends.prometheus;

import io.zibrato.backends.WorkerCommand;

/** {@code java -jar zibrato-prometheus.jar}. */
public final class PrometheusMain {
  private PrometheusMain() {}

  public static void main(String[] args) {
    System.exit(
        WorkerCommand.run(
            "zibrato-prometheus",
            new PrometheusFlags(System.getenv()),
            args,
            flags -> new PrometheusBackend(flags.options())));
  }
}
