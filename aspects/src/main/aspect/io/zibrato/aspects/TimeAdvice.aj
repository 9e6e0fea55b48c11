package io.zibrato.aspects;

import java.util.concurrent.CompletionStage;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Times join points, whoever picks them: one around advice for each kind of result, so that none is boxed, and before and after for constructors.
 */
public abstract aspect TimeAdvice {
  public abstract pointcut timed();

  /** The site of a join point. */
  public abstract Site site(JoinPoint.StaticPart part);

  @SuppressAjWarnings("adviceDidNotMatch")
  void around(): timed() && execution(void *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) {
      proceed();
      return;
    }
    long start = site.start();
    try {
      proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  boolean around(): timed() && execution(boolean *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  byte around(): timed() && execution(byte *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  char around(): timed() && execution(char *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  short around(): timed() && execution(short *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  int around(): timed() && execution(int *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  long around(): timed() && execution(long *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  float around(): timed() && execution(float *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  double around(): timed() && execution(double *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(): timed() && execution(!(void || boolean || byte || char || short || int || long || float || double) *(..))
      && !execution(CompletionStage+ *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    try {
      return proceed();
    } finally {
      site.stop(start);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(): timed() && execution(CompletionStage+ *(..)) {
    TimeSite site = site(thisJoinPointStaticPart).timing();
    if (site == null) return proceed();
    long start = site.start();
    Object stage = null;
    try {
      stage = proceed();
      return stage;
    } finally {
      site.stopWhenDone(start, stage);
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  before(): timed() && execution(*.new(..)) {
    site(thisJoinPointStaticPart).beginNew();
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  after(): timed() && execution(*.new(..)) {
    site(thisJoinPointStaticPart).endNew();
  }
}
