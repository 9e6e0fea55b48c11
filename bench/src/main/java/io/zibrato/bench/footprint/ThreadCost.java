package io.zibrato.bench.footprint;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/** What the threads of a name cost this process so far. */
record ThreadCost(long cpuNanos, long allocatedBytes) {
  static final String PUBLISHER = "zibrato-publisher";

  /** JeroMQ's, which moves what the publisher hands it. */
  static final String IO = "iothread";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Of all threads whose name begins so. */
  static ThreadCost of(String name) {
    long cpuNanos = 0;
    long allocatedBytes = 0;
    boolean found = false;
    for (long id : THREADS.getAllThreadIds()) {
      ThreadInfo thread = THREADS.getThreadInfo(id);
      if (thread == null || !thread.getThreadName().startsWith(name)) continue;
      cpuNanos += THREADS.getThreadCpuTime(id);
      allocatedBytes += THREADS.getThreadAllocatedBytes(id);
      found = true;
    }
    if (!found) throw new IllegalStateException("no such thread: " + name);
    return new ThreadCost(cpuNanos, allocatedBytes);
  }

  ThreadCost minus(ThreadCost earlier) {
    return new ThreadCost(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
  }
}
