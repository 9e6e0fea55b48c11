package io.zibrato.backends.otlp;

import io.zibrato.backends.WorkerCommand;

/** {@code java -jar zibrato-otlp.jar}. */
public final class OtlpMain {
  private OtlpMain() {}

  public static void main(String[] args) {
    System.exit(
        WorkerCommand.run(
            "zibrato-otlp",
            new OtlpFlags(System.getenv()),
            args,
            flags -> new OtlpBackend(flags.options())));
  }
}
