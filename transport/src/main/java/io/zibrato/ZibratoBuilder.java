package io.zibrato;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.zeromq.ZContext;

/**
 * What a {@link Zibrato} is told that differs from the process's settings. Values are checked as
 * settings are: an unusable one is logged and passed over.
 */
public final class ZibratoBuilder {
  final Map<String, String> values = new TreeMap<>();
  ZContext context;
  boolean closeAtExit = true;

  ZibratoBuilder() {}

  /** Whether anything is measured. Default true. */
  public ZibratoBuilder enabled(boolean enabled) {
    return value("enabled", Boolean.toString(enabled));
  }

  /** The broker's host. Default 127.0.0.1. */
  public ZibratoBuilder host(String host) {
    return value("host", host);
  }

  /** The broker's publisher side. Default 5550. */
  public ZibratoBuilder port(int port) {
    return value("port", Integer.toString(port));
  }

  /** The source of series that name none. Default {@code not_specified}. */
  public ZibratoBuilder source(String source) {
    return value("source", source);
  }

  /** The time between two rounds, 10 ms to 1 h. Default 1 s. */
  public ZibratoBuilder publishInterval(Duration interval) {
    return value("publish-interval", interval.toMillis() + "ms");
  }

  /** The longest that closing may take, 0 to 1 min. Default 2 s. */
  public ZibratoBuilder closeTimeout(Duration timeout) {
    return value("close-timeout", timeout.toMillis() + "ms");
  }

  /**
   * Levels measured only while a worker subscribes to them, {@code *} for all. Default debug and
   * trace.
   */
  public ZibratoBuilder onDemand(Collection<String> levels) {
    return value("on-demand", String.join(",", levels));
  }

  /** Series before all further ones share one. Default 10 000. */
  public ZibratoBuilder maxSeries(int maxSeries) {
    return value("max-series", Integer.toString(maxSeries));
  }

  /** Gauge values that wait for the publisher. Default 8192. */
  public ZibratoBuilder gaugeQueue(int capacity) {
    return value("gauge-queue", Integer.toString(capacity));
  }

  /** The version of the wire that is sent, 1 or 2. Default 2. */
  public ZibratoBuilder wire(int version) {
    return value("wire", Integer.toString(version));
  }

  /** Whether all meters are told in a named pipe too. Default false. */
  public ZibratoBuilder statvent(boolean statvent) {
    return value("statvent", Boolean.toString(statvent));
  }

  /**
   * The folder of this application's keys and its broker's, as {@code zibrato-broker keygen} makes
   * it. Whatever is sent is then encrypted, and nothing is sent if the keys cannot be used. Default
   * none.
   */
  public ZibratoBuilder curveKeys(Path folder) {
    if (folder == null) throw new NullPointerException("folder == null");
    return value("curve.keys", folder.toString());
  }

  /**
   * The process's ZeroMQ context, which {@link Zibrato#close} leaves open. Default one of its own.
   */
  public ZibratoBuilder context(ZContext context) {
    this.context = context;
    return this;
  }

  /**
   * Whether the end of the process closes it, by a shutdown hook. Default true; false for whoever
   * closes it after others that still measure.
   */
  public ZibratoBuilder closeAtExit(boolean closeAtExit) {
    this.closeAtExit = closeAtExit;
    return this;
  }

  /** Never fails for a bad value; see the log. */
  public Zibrato build() {
    return new Zibrato(this);
  }

  private ZibratoBuilder value(String name, String value) {
    if (value == null) throw new NullPointerException(name + " == null");
    values.put(name, value);
    return this;
  }
}
