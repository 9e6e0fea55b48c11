package io.zibrato.store.composite;

import java.util.Arrays;
import java.util.Locale;

/** Makes one number of many. */
enum Reduction {
  MEAN,
  SUM,
  MIN,
  MAX;

  /** NaN if there are none. */
  double of(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double result = values[0];
    for (int i = 1; i < values.length; i++) {
      result =
          switch (this) {
            case MEAN, SUM -> result + values[i];
            case MIN -> Math.min(result, values[i]);
            case MAX -> Math.max(result, values[i]);
          };
    }
    return this == MEAN ? result / values.length : result;
  }

  /** Null if the word is none of them. */
  static Reduction of(String word) {
    return Arrays.stream(values())
        .filter(r -> r.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(null);
  }
}
