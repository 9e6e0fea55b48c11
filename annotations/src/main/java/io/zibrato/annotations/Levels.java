package io.zibrato.annotations;

/**
 * The names of the usual levels. A level is free text of 1 to 64 bytes, by which workers subscribe:
 * these are only names to agree on.
 *
 * <p>{@link #DEBUG} and {@link #TRACE} are on demand by default (setting {@code
 * zibrato.on-demand}): meters at them cost next to nothing, and measure nothing, until some worker
 * subscribes to them.
 */
public final class Levels {
  public static final String TRACE = "trace";
  public static final String DEBUG = "debug";

  /** Where an annotation that names no level measures. */
  public static final String INFO = "info";

  public static final String WARN = "warn";
  public static final String ERROR = "error";

  /** The level at which our own processes speak of themselves. */
  public static final String ZIBRATO = "zibrato";

  private Levels() {}
}
