package io.zibrato.backends.statvent;

import java.io.Closeable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the pipes for whoever asks, one round at a time. Those who ask while a round is under way
 * share the next one.
 */
final class Collector implements Closeable {
  private final Pipes pipes;
  private Round last; // guarded by this
  private long beganNanos; // guarded by this

  /** What all pipes told. */
  record Round(Map<String, Answer> answers) {
    /** Those that there are, by process. */
    Map<String, Listing> listings() {
      Map<String, Listing> listings = new TreeMap<>();
      answers.forEach(
          (process, answer) ->
              answer.listing().ifPresent(listing -> listings.put(process, listing)));
      return listings;
    }
  }

  Collector(Pipes pipes) {
    this.pipes = pipes;
  }

  /** A round that began after this was called. */
  Round collect() throws InterruptedException {
    long askedNanos = System.nanoTime();
    synchronized (this) {
      if (last == null || beganNanos - askedNanos < 0) {
        long now = System.nanoTime();
        last = new Round(pipes.read());
        beganNanos = now;
      }
      return last;
    }
  }

  @Override
  public synchronized void close() {
    pipes.close();
  }
}
