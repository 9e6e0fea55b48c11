package io.zibrato.backends.librato;

import io.zibrato.backends.WorkerCommand;

/** {@code java -jar zibrato-librato.jar}. */
public final class LibratoMain {
  private LibratoMain() {}

  public static void main(String[] args) {
    System.exit(
        WorkerCommand.run(
            "zibrato-librato",
            new LibratoFlags(System.getenv()),
            args,
            flags -> new LibratoBackend(flags.options())));
  }
}
