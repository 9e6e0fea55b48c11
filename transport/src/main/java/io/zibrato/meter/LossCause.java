package io.zibrato.meter;

/** Why a measurement did not make it out of the application. */
public enum LossCause {
  /** A gauge value found the queue to the publisher full. */
  GAUGE_QUEUE_FULL("gauge-queue-full"),
  /** A gauge value was NaN or infinite. */
  NOT_FINITE("not-finite"),
  /** A counter was asked to add a negative number. */
  NEGATIVE("negative-increment"),
  /** A counter's sum would have passed 2^63 - 1. */
  COUNTER_FULL("counter-full"),
  /** Gauge values of a level waited for a broker or a subscriber until there were too many. */
  GAUGE_UNSUBSCRIBED("gauge-unsubscribed"),
  /** Code of ours failed inside a woven call; the call itself was not touched. */
  INTERNAL_ERROR("internal-error");

  private final String label;

  LossCause(String label) {
    this.label = label;
  }

  /** The cause's name on the wire and in every table. */
  public String label() {
    return label;
  }
}
