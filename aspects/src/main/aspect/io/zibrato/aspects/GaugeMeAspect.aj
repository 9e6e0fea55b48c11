package io.zibrato.aspects;

import io.zibrato.annotations.GaugeMe;
import org.aspectj.lang.JoinPoint;

/**
 * Records the numbers returned by what is annotated with {@link GaugeMe}. The advice is in {@link GaugeAdvice}.
 *
 * <p>The pointcuts may match more than is annotated (nested types, say); {@link Sites} reads the annotations themselves.
 */
public aspect GaugeMeAspect extends GaugeAdvice {
  pointcut own(): execution(@(GaugeMe || GaugeMe.List) * *(..));

  public pointcut gauged():
      own()
      || execution(@(@(GaugeMe || GaugeMe.List) *) * *(..))
      || (execution(public * *(..))
          && (@within(GaugeMe) || @within(GaugeMe.List) || within(@(@(GaugeMe || GaugeMe.List) *) *)));

  declare warning: own() && !execution((byte || short || int || long || float || double || Number+) *(..)):
      "@GaugeMe on a method that returns no number measures nothing";

  public Site site(JoinPoint.StaticPart part) {
    return Sites.of(part);
  }
}
