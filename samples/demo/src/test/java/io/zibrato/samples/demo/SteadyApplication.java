package io.zibrato.samples.demo;

import io.zibrato.Zibrato;
import io.zibrato.meter.Counter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts until its input ends, for each of the brokers that it was given as {@code host:port}, a
 * counter each, and then says what each counted.
 */
final class SteadyApplication {
  private SteadyApplication() {}

  public static void main(String[] brokers) throws Exception {
    List<Zibrato> zibratos = new ArrayList<>();
    List<Counter> counters = new ArrayList<>();
    for (String broker : brokers) {
      int colon = broker.lastIndexOf(':');
      int port = Integer.parseInt(broker.substring(colon + 1));
      Zibrato zibrato = Zibrato.builder().host(broker.substring(0, colon)).port(port).build();
      zibratos.add(zibrato);
      counters.add(zibrato.counter("info", "steady." + counters.size()));
    }
    System.out.println("counting");
    CountDownLatch end = new CountDownLatch(1);
    Thread input = new Thread(() -> awaitEnd(end), "input");
    input.setDaemon(true);
    input.start();
    long count = 0;
    while (!end.await(1, TimeUnit.MILLISECONDS)) {
      for (Counter counter : counters) counter.increment();
      count++;
    }
    for (Zibrato zibrato : zibratos) zibrato.close();
    System.out.println("counted " + count);
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      while (System.in.read() >= 0)
        ;
    } catch (IOException e) {
      // Then it has ended, too.
    }
    end.countDown();
  }
}
