package io.zibrato.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A secret that a flag gives, or a file that another flag names, or the environment, so that it
 * need not stand in the process list. No message of ours holds it.
 */
public final class Secret {
  private Secret() {}

  /**
   * Finds the secret.
   *
   * @param flag the flag that gives it, such as {@code --apitoken}; {@code flag-file} names a file
   *     whose first line it is
   * @param given what the flag says, or null
   * @param file what {@code flag-file} says, or null
   * @param environment what the environment says, or null
   * @return null if none of the three says anything
   * @throws UsageException if both flags are given, or the file cannot be read or begins with an
   *     empty line
   */
  public static String of(String flag, String given, String file, String environment)
      throws UsageException {
    if (given != null && file != null) {
      throw new UsageException(flag + "-file: given together with " + flag + ": \"" + file + '"');
    }
    if (file != null) return firstLine(flag + "-file", file);
    return given != null ? given : environment;
  }

  private static String firstLine(String flag, String file) throws UsageException {
    try {
      String line = Files.readString(Path.of(file)).lines().findFirst().orElse("").strip();
      if (!line.isEmpty()) return line;
    } catch (IOException | InvalidPathException e) {
      throw new UsageException(flag + ": cannot read \"" + file + "\": " + e);
    }
    throw new UsageException(flag + ": its first line is empty: \"" + file + '"');
  }
}
