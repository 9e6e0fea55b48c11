package com.example.inspected;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.GaugeMe;
import io.zibrato.annotations.TimeMe;

/** Annotations that do not do what their author may think. */
public abstract class Surprises {
  @CountMe
  abstract void noBody();

  @TimeMe
  native int elsewhere();

  @GaugeMe
  String noNumber() {
    return "";
  }

  @GaugeMe
  int neverReturns() {
    throw new IllegalStateException();
  }

  @CountMe(level = "")
  void noLevel() {}

  @CountMe(value = -1)
  void negative() {}

  @TimeMe(tags = "no equals sign")
  void noTag() {}

  @TimeMe(sample = 0)
  void noSample() {}

  @CountMe(tags = {"a=1", "a=2"})
  void twoTags() {}

  @CountMe(name = "{klass}")
  void noPlaceholder() {}

  @CountMe(name = "orders placed/s", source = "{host}", tags = "shop=Zürich")
  void noAlphabet() {}

  @CountMe(name = "same")
  void counted() {}

  @TimeMe(name = "same")
  void timed() {}

  @CountMe(level = "warn", name = "elsewhere")
  @GaugeMe(level = "info", name = "elsewhere")
  int countedAndGauged() {
    return 1;
  }

  @CountMe(name = "usable")
  void usable() {}

  @TimeMe(name = "usable", tags = "none")
  void unusable() {}

  @GaugeMe(name = "usable")
  abstract int never();

  @Forgotten
  void forgotten() {}

  /** Not retained, which is the default. */
  @CountMe
  @interface Forgotten {}

  /** Nothing for the annotation to mean. */
  @CountMe
  interface OnlyAbstract {
    void call();
  }

  static class Hidden {
    @CountMe(name = "hidden")
    public void call() {}
  }

  /** The compiler gives it a bridge {@code call()}, with the annotation. */
  public static class Shown extends Hidden {}
}
