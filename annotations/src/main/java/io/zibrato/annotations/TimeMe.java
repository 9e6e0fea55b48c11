package io.zibrato.annotations;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.CONSTRUCTOR;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Times the calls of a method, in nanoseconds of {@code System.nanoTime}: count, sum, least, most
 * and a histogram.
 *
 * <pre>{@code
 * @TimeMe(level = Levels.DEBUG, name = "db.{method}")
 * Rows find(String key) { ... }
 * }</pre>
 *
 * <p>A call is timed however it ends. Where the method is declared to return a {@code
 * CompletionStage}, the time is until the stage completes, and the caller gets the very stage that
 * the method returned. On a {@code synchronized} method the wait for the monitor is not in the
 * time, since advice runs inside it. On a constructor the time is that of its own body, without the
 * super constructor's and without field initialisers of a delegating one.
 *
 * <p>The advice is in {@code TimeMeAspect}.
 */
@Documented
@Retention(RUNTIME)
@Target({METHOD, CONSTRUCTOR, TYPE, ANNOTATION_TYPE})
@Repeatable(TimeMe.List.class)
public @interface TimeMe {
  /** The level; workers subscribe by it. */
  String level() default Levels.INFO;

  /** The series' name; empty means <code>{class}.{method}</code>. Placeholders are filled in. */
  String name() default "";

  /**
   * The series' source; empty means the setting {@code zibrato.source}. Placeholders are filled in.
   */
  String source() default "";

  /** Tags as {@code key=value}, at most 50. Placeholders are filled in, in the values. */
  String[] tags() default {};

  /**
   * One call in so many is timed; every call is counted. Default 1: all are timed. For methods so
   * short that two readings of the clock are most of their cost. Values below 1 mean 1.
   */
  int sample() default 1;

  /** Holds repeated {@link TimeMe}s. */
  @Documented
  @Retention(RUNTIME)
  @Target({METHOD, CONSTRUCTOR, TYPE, ANNOTATION_TYPE})
  @interface List {
    TimeMe[] value();
  }
}
