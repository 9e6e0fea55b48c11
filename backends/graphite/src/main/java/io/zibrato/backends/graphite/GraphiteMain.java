package io.zibrato.backends.graphite;

import io.zibrato.backends.WorkerCommand;

/** {@code java -jar zibrato-graphite.jar}. */
public final class GraphiteMain {
  private GraphiteMain() {}

  public static void main(String[] args) {
    System.exit(
        WorkerCommand.run(
            "zibrato-graphite",
            new GraphiteFlags(),
            args,
            flags -> new GraphiteBackend(flags.options())));
  }
}
