package io.zibrato.transport;

import io.zibrato.meter.Gauge;
import io.zibrato.meter.Level;
import io.zibrato.meter.LossCause;
import io.zibrato.meter.Meter;
import io.zibrato.meter.Meters;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.zeromq.ZContext;

/**
 * Sends what the meters hold to the broker, from one background thread, which alone owns the
 * socket.
 *
 * <p>Application threads never wait for it: they add to meters, and this thread reads them. No
 * thread starts and no socket opens before {@link #start}. While the broker is away nothing piles
 * up but the meters themselves, and gauge values up to a bound. Values are cumulative, so what a
 * lost frame would have said, the next one says ({@code Frame}).
 *
 * <p>It also listens: to workers' subscriptions, which switch levels on demand on and off, and to
 * their requests for a full frame.
 */
public final class Publisher implements AutoCloseable {
  /*
   * One loop: listen until the next round is due, at most LISTEN_MILLIS at a time, then publish a round of every level that somebody subscribes to.
   * Closing sets a flag that the loop sees within LISTEN_MILLIS; then it waits for the broker's first word if the process is younger than a connection takes, publishes the last round, and closes the
   * socket with what is left of the close timeout as its linger.
   */
  private static final Logger LOG = System.getLogger(Publisher.class.getName());
  private static final long LISTEN_MILLIS = 100;
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final int MAX_WAITING_GAUGES = 8192;

  private final Settings settings;
  private final Meters meters;
  private final Instance instance = Instance.now();
  private final ZContext givenContext;
  private final Map<String, Rounds> rounds = new HashMap<>();
  private final Thread thread = new Thread(this::run, "zibrato-publisher");
  private Thread hook;
  private boolean started;
  private int nextMeter;
  private int failures;
  private BrokerLink link;
  private volatile boolean closing;
  private volatile boolean contextBroken;
  private volatile long closeByNanos;

  /**
   * @param context the process's, which stays open; or null, and the publisher has its own
   */
  public Publisher(Settings settings, Meters meters, ZContext context) {
    this.settings = settings;
    this.meters = meters;
    this.givenContext = context;
    thread.setDaemon(true);
  }

  public Instance instance() {
    return instance;
  }

  /** Starts the thread, the first time. Does not wait for it. */
  public synchronized void start() {
    if (started || closing) return;
    started = true;
    hook = new Thread(this::close, "zibrato-close");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The process is leaving already: there is nobody left to close this.
    }
    thread.start();
  }

  /**
   * Sends a last round, and ends the thread, within the close timeout. Safe to call twice, and from
   * any thread.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (!closing) closeByNanos = System.nanoTime() + settings.closeTimeout().toNanos();
      closing = true;
      if (!thread.isAlive()) return;
      LockSupport.unpark(thread);
      removeHook();
    }
    try {
      long leftMillis = Duration.ofNanos(closeByNanos - System.nanoTime()).toMillis();
      thread.join(Math.max(1, leftMillis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeHook() {
    if (Thread.currentThread() == hook) return;
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.log(Logger.Level.TRACE, "closed while the process leaves", e);
    }
  }

  private void run() {
    while (!closing) {
      ZContext context = null;
      try {
        contextBroken = false;
        context = givenContext == null ? ownContext() : givenContext;
        linkUntilClosing(context);
      } catch (
          Throwable e) { // Errors too: JeroMQ's assertions are some, and this thread is all that
        // publishes.
        failed(e);
      } finally {
        if (givenContext == null && context != null) context.close();
      }
      if (givenContext != null && givenContext.isClosed()) return;
    }
  }

  private void linkUntilClosing(ZContext context) {
    try (BrokerLink opened = new BrokerLink(context, address(), new Upward())) {
      link = opened;
      link.open();
      loop();
      if (closing) leave();
    }
  }

  private void failed(Throwable e) {
    LOG.log(
        failures++ == 0 ? Logger.Level.WARNING : Logger.Level.DEBUG, "publisher begins anew", e);
    if (!closing) LockSupport.parkNanos(RETRY_NANOS);
  }

  private String address() {
    return Endpoints.tcp(settings.host(), settings.port());
  }

  private ZContext ownContext() {
    ZContext context = new ZContext();
    context.setUncaughtExceptionHandler((io, e) -> contextBroken = true);
    context.setNotificationExceptionHandler(
        (io, e) -> LOG.log(Logger.Level.DEBUG, "in ZeroMQ''s thread", e));
    return context;
  }

  private void loop() {
    long intervalNanos = settings.publishInterval().toNanos();
    long dueNanos = System.nanoTime() + intervalNanos;
    while (!closing && !contextBroken) {
      long leftNanos = dueNanos - System.nanoTime();
      if (leftNanos > 0) {
        link.await(Math.min(LISTEN_MILLIS, 1 + leftNanos / 1_000_000));
        followSubscriptions();
      } else {
        publish(false);
        dueNanos = Math.max(dueNanos + intervalNanos, System.nanoTime());
      }
    }
  }

  /**
   * What is measured on demand is wanted while somebody subscribes; a link that is not settled yet
   * only ever adds.
   */
  private void followSubscriptions() {
    boolean settled = link.settled();
    for (Level level : meters.levels()) {
      if (!level.onDemand() || !settings.enabled()) continue;
      boolean wanted = link.wants(rounds(level.name()).topic());
      if (wanted || settled) level.subscribed(wanted);
    }
  }

  private void publish(boolean last) {
    for (Meter meter : meters.from(nextMeter)) {
      rounds(meter.level().name()).add(meter);
      nextMeter++;
    }
    meters.drainGauges(Integer.MAX_VALUE, this::take);
    for (Rounds level : rounds.values()) {
      if (link.wants(level.topic())) level.publish(link, last);
    }
  }

  private void take(Gauge gauge, long epochMillis, double value) {
    boolean kept = rounds(gauge.level().name()).add(gauge, epochMillis, value);
    if (!kept) meters.losses().add(LossCause.GAUGE_UNSUBSCRIBED, 1);
  }

  private Rounds rounds(String level) {
    return rounds.computeIfAbsent(
        level,
        name ->
            settings.wire() == 1
                ? new TextRounds(name, MAX_WAITING_GAUGES)
                : new FrameRounds(name, instance, meters.losses(), MAX_WAITING_GAUGES));
  }

  /** The last round, once the broker's subscriptions are known, and the end of the link. */
  private void leave() {
    while (!link.heard() && !link.refused() && leftMillis() > 0) {
      link.await(Math.min(20, leftMillis()));
    }
    publish(true);
    link.close((int) (link.heard() ? leftMillis() : 0));
  }

  private long leftMillis() {
    return Math.max(0, (closeByNanos - System.nanoTime()) / 1_000_000);
  }

  private final class Upward implements BrokerLink.Listener {
    @Override
    public void connected() {
      rounds.values().forEach(Rounds::fullRound);
    }

    @Override
    public void subscribed(byte[] topic) {
      for (Rounds level : rounds.values()) {
        if (Topic.matches(topic, level.topic())) level.fullRound();
      }
    }

    @Override
    public void resync(Upstream.Resync request) {
      boolean ours =
          request.instance().equals(instance.id()) || request.instance().equals(Upstream.EVERYONE);
      if (ours && rounds.containsKey(request.level())) rounds.get(request.level()).fullRound();
    }
  }
}
