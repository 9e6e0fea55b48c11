package io.zibrato.backends.console;

import io.zibrato.backends.LiveCommand;

/** {@code java -jar zibrato-console.jar --levels debug}. */
public final class ConsoleMain {
  private ConsoleMain() {}

  public static void main(String[] args) {
    System.exit(
        LiveCommand.run("zibrato-console", new ConsoleFlags(), args, ConsoleBackend::create));
  }
}
