package io.zibrato.daemon;

import com.beust.jcommander.Parameter;
import java.io.PrintStream;

/**
 * The flags that every process of ours has. Extend it, and add a field with {@link Parameter} a
 * flag.
 */
public abstract class Flags {
  static final int LAST = 1000;

  @Parameter(
      names = "--config",
      order = LAST,
      description =
          "A properties file of further flags, without their dashes; flags given here win")
  String config;

  @Parameter(
      names = "--log-format",
      order = LAST + 1,
      converter = LogFormat.Converter.class,
      description =
          "How log records and what a process says of itself look: text, or json, one line each")
  LogFormat logFormat = LogFormat.TEXT;

  @Parameter(names = "--help", order = LAST + 2, help = true, description = "Show this and exit")
  boolean help;

  @Parameter(
      names = "--version",
      order = LAST + 3,
      help = true,
      description = "Show the version and exit")
  boolean version;

  /** Prints a line that a process says of itself, in the format of its log records. */
  public final void announce(String program, String line, PrintStream to) {
    to.println(logFormat.announcement(program, line));
    to.flush();
  }

  /**
   * Checks what one flag alone does not tell. Called once, after all flags are read.
   *
   * @throws UsageException naming the flag and the value that do not fit
   */
  protected void check() throws UsageException {}
}
