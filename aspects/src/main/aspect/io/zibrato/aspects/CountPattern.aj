package io.zibrato.aspects;

import org.aspectj.lang.annotation.SuppressAjWarnings;

/** Counts what a line of the agent's configuration names. The agent generates one concrete aspect a line, which gives the pointcut. */
public abstract aspect CountPattern {
  public final WeavePattern pattern = WeavePattern.of(getClass());

  public abstract pointcut counted();

  pointcut executed(): counted() && (execution(* *(..)) || execution(*.new(..)));

  @SuppressAjWarnings("adviceDidNotMatch")
  before(): executed() {
    Sites.of(thisJoinPointStaticPart).of(pattern).begin();
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning: executed() {
    Sites.of(thisJoinPointStaticPart).of(pattern).end();
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() throwing: executed() {
    Sites.of(thisJoinPointStaticPart).of(pattern).fail();
  }
}
