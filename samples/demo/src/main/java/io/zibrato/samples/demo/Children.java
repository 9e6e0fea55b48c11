package io.zibrato.samples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The processes that the demo has started. None of them outlives it. Any thread. */
final class Children implements AutoCloseable {
  private final Deque<Child> started = new ArrayDeque<>(); // newest first
  private boolean closed;

  synchronized Child start(String name, Path dir, String readyLine, List<String> command)
      throws IOException {
    if (closed) throw new IllegalStateException("closed");
    Child child = Child.start(name, dir, readyLine, command);
    started.push(child);
    return child;
  }

  private synchronized List<Child> started() {
    return new ArrayList<>(started);
  }

  /**
   * @throws IOException if one has ended that nobody stopped; tells which, and what it said last
   */
  void check() throws IOException {
    for (Child child : started()) child.check();
  }

  /** Stops them all, the newest first. */
  @Override
  public void close() {
    for (Child child : started()) child.close();
  }

  /** Ends them all at once, and lets none start any more. */
  synchronized void kill() {
    closed = true;
    for (Child child : started) child.kill();
  }
}
