package io.zibrato.annotations;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Records the number that a method returns, with the time it returned at.
 *
 * <pre>{@code
 * @GaugeMe(name = "queue.depth")
 * int depth() { ... }
 * }</pre>
 *
 * <p>Works on methods declared to return {@code byte}, {@code short}, {@code int}, {@code long},
 * {@code float}, {@code double} or a {@link Number}. A call that throws, or returns null, NaN or an
 * infinity, records nothing. On a method that returns anything else the annotation is said to be
 * useless, once; on a type such methods are passed over.
 *
 * <p>Values wait in a bounded queue for the publisher: one that finds it full is dropped and
 * counted.
 *
 * <p>The advice is in {@code GaugeMeAspect}.
 */
@Documented
@Retention(RUNTIME)
@Target({METHOD, TYPE, ANNOTATION_TYPE})
@Repeatable(GaugeMe.List.class)
public @interface GaugeMe {
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

  /** Holds repeated {@link GaugeMe}s. */
  @Documented
  @Retention(RUNTIME)
  @Target({METHOD, TYPE, ANNOTATION_TYPE})
  @interface List {
    GaugeMe[] value();
  }
}
