package io.zibrato.aspects;

import org.aspectj.lang.JoinPoint;

/** Records the numbers returned by what a line of the agent's configuration names. The agent generates one concrete aspect a line, which gives the pointcut. */
public abstract aspect GaugePattern extends GaugeAdvice {
  private final WeavePattern pattern = WeavePattern.of(getClass());

  public Site site(JoinPoint.StaticPart part) {
    return Sites.of(part).of(pattern);
  }
}
