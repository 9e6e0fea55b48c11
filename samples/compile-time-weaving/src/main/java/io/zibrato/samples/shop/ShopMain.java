package io.zibrato.samples.shop;

import io.zibrato.Zibrato;
import io.zibrato.annotations.Levels;
import io.zibrato.meter.Level;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code java -jar shop.jar [port [totals-file]]}: runs the shop until its standard input ends, or
 * has a line. Port 0, the default, takes a free one; the line on standard output says which.
 *
 * <p>With a file it waits for somebody who subscribes to debug before it opens, so that every call
 * is measured, and writes into the file what it counted itself once it has closed.
 */
public final class ShopMain {
  private static final long WAIT_MILLIS = 30_000;

  private ShopMain() {}

  public static void main(String[] args) throws Exception {
    Tally tally = new Tally();
    if (args.length > 1) awaitDebug();
    try (Shop shop = Shop.open(args.length > 0 ? Integer.parseInt(args[0]) : 0, tally)) {
      System.out.println("shop listening on " + shop.url());
      System.in.read();
    }
    if (args.length > 1) tally.write(Path.of(args[1]));
  }

  private static void awaitDebug() throws IOException, InterruptedException {
    Level debug = Zibrato.shared().level(Levels.DEBUG);
    for (long waited = 0; !debug.wanted(); waited += 10) {
      if (waited >= WAIT_MILLIS) throw new IOException("nobody subscribes to " + debug);
      Thread.sleep(10);
    }
  }
}
