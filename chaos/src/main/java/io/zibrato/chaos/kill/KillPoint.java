package io.zibrato.chaos.kill;

import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.annotation.After;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;

/**
 * Halts the process when it comes to the {@link Step} of the property {@value #STEP} for so many
 * times as the property {@value #TIMES} says, as if it were killed there.
 *
 * <p>AspectJ's own agent weaves it, so nothing of this is in the worker itself.
 */
@Aspect
public final class KillPoint {
  public static final String STEP = "zibrato.chaos.kill.step";
  public static final String TIMES = "zibrato.chaos.kill.times";

  /** What the JVM's exit code is after SIGKILL, as a shell has it. */
  public static final int KILLED = 137;

  private static final Step AT = Step.valueOf(System.getProperty(STEP, Step.ACCEPTED.name()));
  private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger(TIMES, 0));

  private static void reached(Step step) {
    if (step == AT && LEFT.decrementAndGet() == 0) Runtime.getRuntime().halt(KILLED);
  }

  @After("execution(* io.zibrato.backends.Interval.close(..))")
  public void intervalClosed() {
    reached(Step.INTERVAL_CLOSED);
  }

  @Before("execution(* io.zibrato.backends.StateFile.commit(..))")
  public void beforeCommit() {
    reached(Step.BEFORE_COMMIT);
  }

  @After("execution(* io.zibrato.backends.StateFile.commit(..))")
  public void afterCommit() {
    reached(Step.AFTER_COMMIT);
  }

  @Before("execution(* io.zibrato.backends.librato.LibratoBackend.post(..))")
  public void beforeRequest() {
    reached(Step.BEFORE_REQUEST);
  }

  @After("execution(* io.zibrato.backends.librato.LibratoBackend.post(..))")
  public void afterReply() {
    reached(Step.AFTER_REPLY);
  }

  @After("execution(* io.zibrato.backends.librato.LibratoBackend.flush(..))")
  public void afterDelivery() {
    reached(Step.AFTER_DELIVERY);
  }

  @After("execution(* io.zibrato.backends.Spool.accepted())")
  public void accepted() {
    reached(Step.ACCEPTED);
  }
}
