package io.zibrato.aspects;

import io.zibrato.annotations.TimeMe;
import org.aspectj.lang.JoinPoint;

/**
 * Times calls of what is annotated with {@link TimeMe}. The advice is in {@link TimeAdvice}.
 *
 * <p>The pointcuts may match more than is annotated (nested types, say); {@link Sites} reads the annotations themselves.
 */
public aspect TimeMeAspect extends TimeAdvice {
  public pointcut timed():
      execution(@(TimeMe || TimeMe.List) * *(..))
      || execution(@(TimeMe || TimeMe.List) *.new(..))
      || execution(@(@(TimeMe || TimeMe.List) *) * *(..))
      || execution(@(@(TimeMe || TimeMe.List) *) *.new(..))
      || (execution(public * *(..))
          && (@within(TimeMe) || @within(TimeMe.List) || within(@(@(TimeMe || TimeMe.List) *) *)));

  public Site site(JoinPoint.StaticPart part) {
    return Sites.of(part);
  }
}
