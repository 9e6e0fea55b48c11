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
 * Counts the calls of a method.
 *
 * <pre>{@code
 * @CountMe(name = "orders.placed", tags = "shop=main")
 * void place(Order order) { ... }
 * }</pre>
 *
 * <p>A call counts however it ends, when it begins; {@link #on} narrows that. A method that hands
 * back a {@code CompletionStage} counts by how the call ends, not the stage. Calls of itself and
 * from its own class count too.
 *
 * <p>The advice is in {@code CountMeAspect}.
 */
@Documented
@Retention(RUNTIME)
@Target({METHOD, CONSTRUCTOR, TYPE, ANNOTATION_TYPE})
@Repeatable(CountMe.List.class)
public @interface CountMe {
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

  /** What one call adds. Default 1; a negative value is refused, said once, and counts nothing. */
  long value() default 1;

  /** Which endings count. */
  On on() default On.BOTH;

  /** How a call may end. */
  enum On {
    /** It returned. */
    RETURN,
    /** It threw. */
    THROW,
    /** Either: the call counts as it begins. */
    BOTH
  }

  /** Holds repeated {@link CountMe}s. */
  @Documented
  @Retention(RUNTIME)
  @Target({METHOD, CONSTRUCTOR, TYPE, ANNOTATION_TYPE})
  @interface List {
    CountMe[] value();
  }
}
