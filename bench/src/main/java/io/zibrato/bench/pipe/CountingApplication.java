package io.zibrato.bench.pipe;

import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import io.zibrato.annotations.CountMe;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own: two threads call a counted method as fast as they can. Prints how often
 * they called it when they are done, and ends as any application does.
 *
 * <p>Arguments: {@code zibrato}, with the agent weaving {@link #call}, or {@code statsd} and the
 * daemon's port; then seconds.
 */
final class CountingApplication {
  static final String NAME = "pipe.calls";
  private static final int THREADS = 2;
  private static final int CALLS_A_LOOK = 1000; // at the clock

  private long value;

  private interface Call {
    void run();
  }

  private CountingApplication() {}

  public static void main(String[] args) throws InterruptedException {
    boolean statsd = args[0].equals("statsd");
    long nanos = (long) (Double.parseDouble(args[args.length - 1]) * 1e9);
    if (!statsd) {
      System.out.println("calls " + count(nanos, () -> new CountingApplication()::call));
      return;
    }
    try (StatsDClient client = client(Integer.parseInt(args[1]))) {
      System.out.println("calls " + count(nanos, () -> () -> client.increment(NAME)));
    }
  }

  @CountMe(name = NAME)
  private void call() {
    value++;
  }

  /** The peer, as its own manual sets it up. */
  private static StatsDClient client(int port) {
    return new NonBlockingStatsDClientBuilder()
        .hostname("127.0.0.1")
        .port(port)
        .enableAggregation(true)
        .aggregationFlushInterval(1000) // as often as our publisher sends
        .enableTelemetry(false)
        .originDetectionEnabled(false)
        .build();
  }

  private interface CallFactory {
    Call create();
  }

  private static long count(long nanos, CallFactory calls) throws InterruptedException {
    long untilNanos = System.nanoTime() + nanos;
    long[] counts = new long[THREADS];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int index = i;
      Call call = calls.create();
      threads.add(new Thread(() -> counts[index] = callUntil(untilNanos, call), "calls-" + i));
    }
    threads.forEach(Thread::start);
    long sum = 0;
    for (int i = 0; i < THREADS; i++) {
      threads.get(i).join();
      sum += counts[i];
    }
    return sum;
  }

  private static long callUntil(long untilNanos, Call call) {
    long calls = 0;
    while (System.nanoTime() - untilNanos < 0) {
      for (int i = 0; i < CALLS_A_LOOK; i++) call.run();
      calls += CALLS_A_LOOK;
    }
    return calls;
  }
}
