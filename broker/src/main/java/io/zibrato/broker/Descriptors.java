package io.zibrato.broker;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The file descriptors that this process may yet open. */
final class Descriptors {
  private Descriptors() {}

  /** Many where nobody can tell. */
  static long free() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      return system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
    }
    return Integer.MAX_VALUE;
  }
}
