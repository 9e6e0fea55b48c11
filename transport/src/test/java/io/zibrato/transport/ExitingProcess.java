package io.zibrato.transport;

import io.zibrato.Zibrato;
import java.util.concurrent.CountDownLatch;

/** An application that counts three and leaves, in the way its argument says. */
final class ExitingProcess {
  private ExitingProcess() {}

  public static void main(String[] args) throws InterruptedException {
    Zibrato.shared().counter("info", "hits").increment(3);
    switch (args[0]) {
      case "return" -> {}
      case "exit" -> System.exit(7);
      case "throw" -> throw new IllegalStateException("as asked");
      case "wait" -> {
        System.out.println("counted");
        new CountDownLatch(1).await();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }
}
