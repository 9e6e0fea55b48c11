package io.zibrato.bench.loaded;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.TimeMe;
import io.zibrato.bench.calls.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * A method of every shape, counted and timed, woven at load time, by the agent. Its twin in the
 * other package is the same.
 */
public final class Shapes implements Defaults {
  private static final RuntimeException THROWN =
      new RuntimeException("thrown", null, false, false) {
        private static final long serialVersionUID = 1;
      };
  private static int shared = 17;

  private int field = 17;
  private int written;

  public Shapes() {}

  Shapes(int n) {
    field = n ^ shared;
  }

  @CountMe
  Shapes(int n, boolean counted) {
    field = n ^ shared;
  }

  @CountMe
  boolean countBoolean(int n) {
    return (field ^ n) > 0;
  }

  @CountMe
  byte countByte(int n) {
    return (byte) (field ^ n);
  }

  @CountMe
  char countChar(int n) {
    return (char) (field ^ n);
  }

  @CountMe
  short countShort(int n) {
    return (short) (field ^ n);
  }

  @CountMe
  int countInt(int n) {
    return field ^ n;
  }

  @CountMe
  long countLong(int n) {
    return (long) field ^ n;
  }

  @CountMe
  float countFloat(int n) {
    return field ^ n;
  }

  @CountMe
  double countDouble(int n) {
    return field ^ n;
  }

  @CountMe
  Object countReference(int n) {
    return n > 0 ? this : THROWN;
  }

  @CountMe
  void countVoid(int n) {
    written = field ^ n;
  }

  @CountMe
  int countThrowing(int n) {
    if (n > 0) throw THROWN;
    return field;
  }

  @CountMe
  static int countStatic(int n) {
    return shared ^ n;
  }

  @CountMe
  private int countPrivate(int n) {
    return field ^ n;
  }

  @CountMe
  synchronized int countSynchronized(int n) {
    return field ^ n;
  }

  @CountMe
  long countArguments(int n, long m, double d, boolean b, Object o, int[] numbers) {
    return b && o == this ? n + m : (long) d + numbers.length;
  }

  @TimeMe
  Shapes(int n, String timed) {
    field = n ^ shared;
  }

  @TimeMe
  boolean timeBoolean(int n) {
    return (field ^ n) > 0;
  }

  @TimeMe
  byte timeByte(int n) {
    return (byte) (field ^ n);
  }

  @TimeMe
  char timeChar(int n) {
    return (char) (field ^ n);
  }

  @TimeMe
  short timeShort(int n) {
    return (short) (field ^ n);
  }

  @TimeMe
  int timeInt(int n) {
    return field ^ n;
  }

  @TimeMe
  long timeLong(int n) {
    return (long) field ^ n;
  }

  @TimeMe
  float timeFloat(int n) {
    return field ^ n;
  }

  @TimeMe
  double timeDouble(int n) {
    return field ^ n;
  }

  @TimeMe
  Object timeReference(int n) {
    return n > 0 ? this : THROWN;
  }

  @TimeMe
  void timeVoid(int n) {
    written = field ^ n;
  }

  @TimeMe
  int timeThrowing(int n) {
    if (n > 0) throw THROWN;
    return field;
  }

  @TimeMe
  static int timeStatic(int n) {
    return shared ^ n;
  }

  @TimeMe
  private int timePrivate(int n) {
    return field ^ n;
  }

  @TimeMe
  synchronized int timeSynchronized(int n) {
    return field ^ n;
  }

  @TimeMe
  long timeArguments(int n, long m, double d, boolean b, Object o, int[] numbers) {
    return b && o == this ? n + m : (long) d + numbers.length;
  }

  /** By name: what a call of each does, with its result handed over. */
  public static Map<String, Shape> all() {
    Shapes on = new Shapes();
    int[] numbers = {1, 2};
    Map<String, Shape> all = new HashMap<>();
    all.put("plain constructor", (n, to) -> to.consume(new Shapes(n)));
    all.put("count constructor", (n, to) -> to.consume(new Shapes(n, true)));
    all.put("count boolean", (n, to) -> to.consume(on.countBoolean(n)));
    all.put("count byte", (n, to) -> to.consume(on.countByte(n)));
    all.put("count char", (n, to) -> to.consume(on.countChar(n)));
    all.put("count short", (n, to) -> to.consume(on.countShort(n)));
    all.put("count int", (n, to) -> to.consume(on.countInt(n)));
    all.put("count long", (n, to) -> to.consume(on.countLong(n)));
    all.put("count float", (n, to) -> to.consume(on.countFloat(n)));
    all.put("count double", (n, to) -> to.consume(on.countDouble(n)));
    all.put("count reference", (n, to) -> to.consume(on.countReference(n)));
    all.put(
        "count void",
        (n, to) -> {
          on.countVoid(n);
          to.consume(on.written);
        });
    all.put(
        "count throwing",
        (n, to) -> {
          try {
            to.consume(on.countThrowing(n));
          } catch (RuntimeException e) {
            to.consume(e);
          }
        });
    all.put("count static", (n, to) -> to.consume(countStatic(n)));
    all.put("count private", (n, to) -> to.consume(on.countPrivate(n)));
    all.put("count synchronized", (n, to) -> to.consume(on.countSynchronized(n)));
    all.put(
        "count arguments", (n, to) -> to.consume(on.countArguments(n, n, n, true, on, numbers)));
    all.put("count interface default", (n, to) -> to.consume(on.countDefault(n)));
    all.put("time constructor", (n, to) -> to.consume(new Shapes(n, "")));
    all.put("time boolean", (n, to) -> to.consume(on.timeBoolean(n)));
    all.put("time byte", (n, to) -> to.consume(on.timeByte(n)));
    all.put("time char", (n, to) -> to.consume(on.timeChar(n)));
    all.put("time short", (n, to) -> to.consume(on.timeShort(n)));
    all.put("time int", (n, to) -> to.consume(on.timeInt(n)));
    all.put("time long", (n, to) -> to.consume(on.timeLong(n)));
    all.put("time float", (n, to) -> to.consume(on.timeFloat(n)));
    all.put("time double", (n, to) -> to.consume(on.timeDouble(n)));
    all.put("time reference", (n, to) -> to.consume(on.timeReference(n)));
    all.put(
        "time void",
        (n, to) -> {
          on.timeVoid(n);
          to.consume(on.written);
        });
    all.put(
        "time throwing",
        (n, to) -> {
          try {
            to.consume(on.timeThrowing(n));
          } catch (RuntimeException e) {
            to.consume(e);
          }
        });
    all.put("time static", (n, to) -> to.consume(timeStatic(n)));
    all.put("time private", (n, to) -> to.consume(on.timePrivate(n)));
    all.put("time synchronized", (n, to) -> to.consume(on.timeSynchronized(n)));
    all.put("time arguments", (n, to) -> to.consume(on.timeArguments(n, n, n, true, on, numbers)));
    all.put("time interface default", (n, to) -> to.consume(on.timeDefault(n)));
    return all;
  }
}
