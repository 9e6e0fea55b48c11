package io.zibrato.aspects;

import io.zibrato.annotations.CountMe;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Counts calls of what is annotated with {@link CountMe}: as they begin, or, where the annotation may ask for one ending only, as they end.
 *
 * <p>The pointcuts may match more than is annotated (nested types, say); {@link Sites} reads the annotations themselves.
 */
public aspect CountMeAspect {
  pointcut own():
      execution(@(CountMe || CountMe.List) * *(..)) || execution(@(CountMe || CountMe.List) *.new(..));

  pointcut carried():
      execution(@(@(CountMe || CountMe.List) *) * *(..))
      || execution(@(@(CountMe || CountMe.List) *) *.new(..));

  pointcut typed():
      execution(public * *(..))
      && (@within(CountMe) || @within(CountMe.List) || within(@(@(CountMe || CountMe.List) *) *));

  pointcut counted(): own() || carried() || typed();

  pointcut onlyBegins():
      (execution(@CountMe(on = CountMe.On.BOTH) * *(..))
          || execution(@CountMe(on = CountMe.On.BOTH) *.new(..)))
      && !carried();

  @SuppressAjWarnings("adviceDidNotMatch")
  before(): counted() {
    Sites.of(thisJoinPointStaticPart).begin();
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning: counted() && !onlyBegins() {
    Sites.of(thisJoinPointStaticPart).end();
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() throwing: counted() && !onlyBegins() {
    Sites.of(thisJoinPointStaticPart).fail();
  }
}
