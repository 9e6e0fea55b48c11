package io.zibrato.backends.exec;

import io.zibrato.backends.WorkerCommand;

/** {@code java -jar zibrato-exec.jar --command 'python3 mine.py'}. */
public final class ExecMain {
  private ExecMain() {}

  public static void main(String[] args) {
    System.exit(
        WorkerCommand.run(
            "zibrato-exec", new ExecFlags(), args, flags -> new ExecBackend(flags.options())));
  }
}
