package io.zibrato.store.metrics;

/** How what was measured in one period, or at one time in several series, becomes one number. */
public enum Summary {
  /** A gauge's mean, a counter's last value. */
  DEFAULT("default"),
  MEAN("mean"),
  SUM("sum"),
  MIN("min"),
  MAX("max"),
  COUNT("count");

  private final String word;

  Summary(String word) {
    this.word = word;
  }

  /** As the API spells it. */
  public String word() {
    return word;
  }

  /** Null if the word is none of them; {@code average} is another word for the mean. */
  public static Summary of(String word) {
    if (word.equals("average")) {
      return MEAN;
    }
    for (final Summary summary : values()) {
      if (summary.word.equals(word)) {
        return summary;
      }
    }
    return null;
  }
}
