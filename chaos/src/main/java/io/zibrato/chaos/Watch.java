package io.zibrato.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What each process takes at the most: memory, descriptors, threads, and disk. */
final class Watch {
  /** Java heaps are of 256 MiB here. */
  static final long MOST_RESIDENT_KB = 600 << 10;

  static final long MOST_DESCRIPTORS = 300;
  static final long MOST_THREADS = 120;

  /** The spool's bound is 16 MB; SQLite's log of what was not yet copied comes beside it. */
  static final long MOST_STATE_BYTES = 40 << 20;

  /** The most of each. */
  static final class Most {
    long residentKb;
    long descriptors;
    long threads;
    long stateBytes;

    boolean isWithinBounds() {
      return residentKb <= MOST_RESIDENT_KB
          && descriptors <= MOST_DESCRIPTORS
          && threads <= MOST_THREADS
          && stateBytes <= MOST_STATE_BYTES;
    }
  }

  private final Field field;
  private final Map<String, Most> byRole = new TreeMap<>();

  Watch(Field field) {
    this.field = field;
  }

  /** Looks once. */
  void look() throws IOException {
    for (Role role : field.roles()) {
      if (role.child().isAlive()) look(role.name(), Path.of("/proc", "" + role.child().pid()));
    }
    for (WorkerRole worker : field.workers.values()) {
      Most most = of(worker.role().name());
      most.stateBytes = Math.max(most.stateBytes, worker.stateBytes());
    }
  }

  private Most of(String name) {
    return byRole.computeIfAbsent(name, key -> new Most());
  }

  private void look(String name, Path proc) {
    Most most = of(name);
    try {
      for (String line : Files.readAllLines(proc.resolve("status"))) {
        if (line.startsWith("VmRSS:")) most.residentKb = Math.max(most.residentKb, number(line));
        if (line.startsWith("Threads:")) most.threads = Math.max(most.threads, number(line));
      }
      try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
        most.descriptors = Math.max(most.descriptors, descriptors.count());
      }
    } catch (IOException e) {
      // It has just ended.
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  Map<String, Most> byRole() {
    return byRole;
  }
}
