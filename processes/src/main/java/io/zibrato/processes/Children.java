package io.zibrato.processes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The processes that this one has started. None of them outlives it, even should it be killed: then
 * a guard, a shell that is told of each, ends them. Any thread.
 */
public final class Children implements AutoCloseable {
  /** Reads process ids until nobody is left to write them. */
  private static final String GUARD =
      "trap '' INT TERM; while read -r pid; do pids=\"$pids $pid\"; done; kill -9 $pids";

  private final Deque<Child> started = new ArrayDeque<>(); // newest first
  private Process guard;
  private boolean closed;

  public synchronized Child start(String name, Path dir, String readyLine, List<String> command)
      throws IOException {
    if (closed) throw new IllegalStateException("closed");
    started.removeIf(Child::isOver);
    Child child = Child.start(name, dir, readyLine, command);
    started.push(child);
    guard(child);
    return child;
  }

  private void guard(Child child) throws IOException {
    if (guard == null) {
      guard =
          new ProcessBuilder("/bin/sh", "-c", GUARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    }
    OutputStream pids = guard.getOutputStream();
    pids.write((child.pid() + "\n").getBytes(StandardCharsets.US_ASCII));
    pids.flush();
  }

  private synchronized List<Child> started() {
    return new ArrayList<>(started);
  }

  /**
   * @throws IOException if one has ended that nobody stopped; tells which, and what it said last
   */
  public void check() throws IOException {
    for (Child child : started()) child.check();
  }

  /** Stops them all, the newest first. */
  @Override
  public void close() {
    for (Child child : started()) child.close();
    dismissGuard();
  }

  /** Ends them all at once, and lets none start any more. */
  public synchronized void kill() {
    closed = true;
    for (Child child : started) child.kill();
    dismissGuard();
  }

  /** Before the ids it knows may become those of others. */
  private synchronized void dismissGuard() {
    if (guard != null) guard.destroyForcibly();
  }
}
