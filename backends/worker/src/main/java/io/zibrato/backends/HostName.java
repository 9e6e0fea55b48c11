package io.zibrato.backends;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine's name. */
final class HostName {
  private static final Path FILE = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** The kernel's word first, since asking the resolver for our own name can take seconds. */
  static String here() {
    try {
      if (Files.isReadable(FILE)) return Files.readString(FILE).trim();
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown-host";
    }
  }
}
