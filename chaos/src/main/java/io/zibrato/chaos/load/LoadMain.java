package io.zibrato.chaos.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An application. Its argument is the file of its totals; it works until its standard input ends.
 */
final class LoadMain {
  private LoadMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    TotalsFile totals = TotalsFile.create(Path.of(args[0]));
    List<Load> loads = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < TotalsFile.THREADS; i++) {
      Load load = new Load(totals, i);
      Thread thread = new Thread(load, "load-" + i);
      thread.start();
      loads.add(load);
      threads.add(thread);
    }
    for (Load load : loads) load.awaitWarm();
    Thread sampler = new Thread(new Sampler(totals, threads), "sampler");
    sampler.setDaemon(true);
    sampler.start();
    System.out.println("application at work");
    System.in.readAllBytes();
    for (Load load : loads) load.end();
    for (Thread thread : threads) thread.join();
    totals.leaves();
  }
}
