package io.zibrato.transport;

import io.zibrato.Zibrato;
import java.util.concurrent.CountDownLatch;
import org.zeromq.ZContext;

/** An application that counts three and leaves, in the way its argument says. */
final class ExitingProcess {
  static final int SERIES = 5_000;

  private ExitingProcess() {}

  public static void main(String[] args) throws InterruptedException {
    Zibrato zibrato = args[0].equals("context") ? large() : Zibrato.shared();
    zibrato.counter("info", "hits").increment(3);
    switch (args[0]) {
      case "return" -> {}
      case "exit", "context" -> System.exit(7);
      case "throw" -> throw new IllegalStateException("as asked");
      case "wait" -> {
        System.out.println("counted");
        new CountDownLatch(1).await();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** One that has much to say, over a context that is the application's. */
  private static Zibrato large() {
    Zibrato zibrato = Zibrato.builder().context(new ZContext()).build();
    for (int i = 1; i < SERIES; i++) zibrato.counter("info", "c" + i + "x".repeat(240));
    return zibrato;
  }
}
