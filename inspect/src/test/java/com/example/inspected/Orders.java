package com.example.inspected;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.GaugeMe;
import io.zibrato.annotations.TimeMe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Methods of all kinds; all can be woven. */
public class Orders {
  private final int first;

  @CountMe
  @TimeMe(name = "orders.make")
  Orders(int first) {
    this.first = first;
  }

  @CountMe(
      level = "warn",
      name = "orders.{method}",
      source = "{host}.{class}",
      tags = {"shop=main", "of={class}"},
      value = 3,
      on = CountMe.On.RETURN)
  void place(Map.Entry<String, Integer> order, int[] sizes) {}

  @CountMe(name = "cancelled")
  @CountMe(name = "cancelled.badly", on = CountMe.On.THROW)
  @TimeMe(level = "debug", sample = 64, name = "cancelling")
  static long cancel(String... orders) {
    return orders.length;
  }

  @GaugeMe(name = "orders.open")
  @TimeMe(name = "orders.counting")
  private Integer size() {
    return first;
  }

  @TimeMe
  synchronized CompletableFuture<String> later() {
    return CompletableFuture.completedFuture("");
  }

  @CountMe(name = "orders.later.by.number")
  @TimeMe(name = "orders.later.by.number.time")
  @GaugeMe(name = "orders.later.by.number.gauge")
  double later(int number) {
    Runnable lambda = () -> place(Map.entry("", number), null);
    lambda.run();
    return number;
  }

  int unannotated() {
    return size() + (int) cancel();
  }

  /** Its default method has a body in an interface. */
  interface Priced {
    int cents();

    @CountMe(name = "priced.count")
    @TimeMe(name = "priced.time")
    default int euros() {
      return cents() / 100;
    }
  }

  /** The weaver adds public methods to an interface. */
  @CountMe(name = "shape.{method}")
  @TimeMe(name = "shape.{method}.time")
  interface Shape {
    int area();

    default int twice() {
      return 2 * area();
    }
  }

  /** What it carries stands for its methods. */
  @Audited
  static class Service {
    public void serve() {}

    @TimeMe(name = "own")
    public int own(List<String> names) {
      return names.size();
    }

    void notPublic() {}

    static class NotMeant {
      public void call() {}
    }
  }

  /** The methods that every enum has are not meant. */
  @CountMe(name = "colour.{method}")
  enum Colour {
    RED;

    public int code() {
      return 1;
    }
  }

  /** A gauge of a type means the methods that return numbers. */
  @GaugeMe
  static class Depths {
    public long depth() {
      return 1;
    }

    public String name() {
      return "";
    }

    public static int fails() {
      throw new IllegalStateException();
    }
  }

  /** The compiler copies the annotation to the bridge {@code Object get()}. */
  static class Covariant implements java.util.function.Supplier<String> {
    @Override
    @CountMe(name = "covariant")
    public String get() {
      return "";
    }
  }
}
