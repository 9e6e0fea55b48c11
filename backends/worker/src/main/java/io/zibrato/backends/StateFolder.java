package io.zibrato.backends;

import io.zibrato.daemon.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Where a worker keeps its state, by its flag or by the XDG Base Directory Specification. */
final class StateFolder {
  static final String DESCRIPTION =
      "The folder of what is booked and what the service has not taken, one worker's alone; if not"
          + " given, zibrato/SERVICE in $XDG_STATE_HOME, or in ~/.local/state";

  private StateFolder() {}

  static Path of(String flag, String service, Map<String, String> environment)
      throws UsageException {
    if (flag == null) return home(environment).resolve("zibrato").resolve(service);
    if (flag.isBlank()) throw new UsageException("--state: empty: \"" + flag + '"');
    try {
      return Path.of(flag).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new UsageException("--state: " + e.getReason() + ": \"" + flag + '"');
    }
  }

  /** A path there that is not absolute is to be ignored, says the specification. */
  private static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("XDG_STATE_HOME", "");
    return home.startsWith("/")
        ? Path.of(home)
        : Path.of(System.getProperty("user.home"), ".local", "state");
  }
}
