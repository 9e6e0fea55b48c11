package io.zibrato.aspects;

import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/** Records the numbers that join points return, whoever picks them: one advice for each kind of number, so that none is boxed. */
public abstract aspect GaugeAdvice {
  public abstract pointcut gauged();

  /** The site of a join point. */
  public abstract Site site(JoinPoint.StaticPart part);

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning(byte value): gauged() && execution(byte *(..)) {
    site(thisJoinPointStaticPart).gauge((double) value);
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning(short value): gauged() && execution(short *(..)) {
    site(thisJoinPointStaticPart).gauge((double) value);
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning(int value): gauged() && execution(int *(..)) {
    site(thisJoinPointStaticPart).gauge((double) value);
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning(long value): gauged() && execution(long *(..)) {
    site(thisJoinPointStaticPart).gauge((double) value);
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning(float value): gauged() && execution(float *(..)) {
    site(thisJoinPointStaticPart).gauge((double) value);
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning(double value): gauged() && execution(double *(..)) {
    site(thisJoinPointStaticPart).gauge((double) value);
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after() returning(Object value): gauged() && execution(Number+ *(..)) {
    site(thisJoinPointStaticPart).gauge(value);
  }
}
