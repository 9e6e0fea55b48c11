package io.zibrato.backends.console;

import io.zibrato.Zibrato;
import io.zibrato.annotations.CountMe;
import java.io.IOException;

/**
 * An application whose annotated method the agent weaves, at the level {@code debug}. Waits until
 * that is wanted, calls it as often as its argument says, and waits for its input to end.
 */
final class DetailedApplication {
  private DetailedApplication() {}

  @CountMe(name = "detail.hits", level = "debug")
  static void detail() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    detail();
    System.out.println("wanted: " + Zibrato.shared().level("debug").wanted());
    while (!Zibrato.shared().level("debug").wanted()) Thread.sleep(10);
    for (int i = 0; i < Integer.parseInt(args[0]); i++) detail();
    System.out.println("called");
    System.in.read();
  }
}
