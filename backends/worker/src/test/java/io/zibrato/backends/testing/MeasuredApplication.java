package io.zibrato.backends.testing;

import io.zibrato.Zibrato;
import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.GaugeMe;
import io.zibrato.annotations.TimeMe;
import io.zibrato.meter.Timer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An application whose annotated methods the agent weaves. It does what its standard input says,
 * keeps its own count of it, and ends when that does.
 *
 * <p>{@code call N} calls each method N times, as fast as it can; {@code go} has them called on and
 * on, until {@code rest}. After the first and the last of these it says what it has counted since
 * it began.
 */
final class MeasuredApplication {
  private static final int THREADS = 2;
  private static final int BURST = 100;
  private static final long PAUSE_NANOS = 1_000_000;

  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong works = new AtomicLong();
  private final AtomicLong known = new AtomicLong();
  private final AtomicLong knownNanos = new AtomicLong();
  private final Timer knownTimer = Zibrato.shared().timer("info", EndToEnd.KNOWN);
  private final List<Thread> going = new ArrayList<>();
  private volatile boolean resting;

  public static void main(String[] args) throws IOException, InterruptedException {
    MeasuredApplication application = new MeasuredApplication();
    System.out.println("application at work");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) application.obey(line);
    application.rest();
  }

  private void obey(String line) throws InterruptedException {
    if (line.startsWith("call ")) call(Long.parseLong(line.substring(5)));
    else if (line.equals("go")) go();
    else if (line.equals("rest")) rest();
    else throw new IllegalArgumentException(line);
    if (line.equals("go")) return;
    depth();
    System.out.printf(
        "counted %d %d %d %d%n", hits.get(), works.get(), known.get(), knownNanos.get());
  }

  @CountMe(name = EndToEnd.HITS, tags = "shop=main")
  void hit() {
    hits.incrementAndGet();
  }

  @TimeMe(name = EndToEnd.WORKS)
  void work() {
    works.incrementAndGet();
  }

  @GaugeMe(name = EndToEnd.DEPTH)
  long depth() {
    return -hits.get();
  }

  private void round(long i) {
    hit();
    work();
    if (i % BURST != 0) return;
    long nanos = 1 + i * 7919 % 1_000_000_007L;
    known.incrementAndGet();
    knownNanos.addAndGet(nanos);
    knownTimer.record(nanos);
  }

  private void call(long times) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int first = t;
      threads.add(
          start(
              () -> {
                for (long i = first; i < times; i += THREADS) round(i);
              }));
    }
    for (Thread thread : threads) thread.join();
  }

  private void go() {
    resting = false;
    for (int t = 0; t < THREADS; t++) {
      going.add(
          start(
              () -> {
                for (long i = 0; !resting; i++) {
                  round(i);
                  if (i % BURST == 0) LockSupport.parkNanos(PAUSE_NANOS);
                }
              }));
    }
  }

  private void rest() throws InterruptedException {
    resting = true;
    for (Thread thread : going) thread.join();
    going.clear();
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "calls");
    thread.start();
    return thread;
  }
}
