package io.zibrato.transport;

import io.zibrato.meter.Meters;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
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
 * their requests for a full frame. What it counts of its own work is told at the level {@code
 * zibrato}, as {@code zibrato.publisher.frames}, {@code .bytes}, {@code .refused}, {@code
 * .reconnects}, {@code .series} and {@code .overflowed}, once a worker subscribes to that level by
 * name ({@link PublisherMeters}).
 */
public final class Publisher implements AutoCloseable {
  /*
   * One loop: listen until the next round is due, at most LISTEN_MILLIS at a time, then publish a round of every level that somebody subscribes to.
   * Closing sets a flag that the loop sees within LISTEN_MILLIS. Then, unless nobody is there: if the process is younger than a connection takes, the subscriptions are waited for; the last round
   * is published; the socket is closed. All of it within the close timeout.
   */
  private static final Logger LOG = System.getLogger(Publisher.class.getName());
  private static final long LISTEN_MILLIS = 100;
  private static final long LEAVING_MILLIS = 20;
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final long KEYS_RETRY_NANOS = 5_000_000_000L;

  /** After the broker's first word, the subscriptions that were there already take no longer. */
  private static final long SUBSCRIPTIONS_NANOS = 100_000_000L;

  /** What the socket takes that the broker does not: frames may be of 1 MiB, texts have 600 B. */
  private static final int QUEUED_FRAMES = 100;

  private static final int QUEUED_TEXTS = 10_000;

  private final Settings settings;
  private final Instance instance = Instance.now();
  private final ZContext givenContext;
  private final boolean closeAtExit;
  private final PublisherMeters own;
  private final AllRounds rounds;
  private final Demand demand;
  private final Thread thread = OwnThreads.create(this::run, "zibrato-publisher");
  private Thread hook;
  private boolean started;
  private int failures;
  private boolean keysSaid;
  private BrokerLink link;
  private volatile boolean closing;
  private volatile boolean contextBroken;
  private volatile long closeByNanos;

  /**
   * @param context the process's, which stays open; or null, and the publisher has its own
   */
  public Publisher(Settings settings, Meters meters, ZContext context) {
    this(settings, meters, context, true);
  }

  /**
   * @param context as above
   * @param closeAtExit whether the end of the process closes it
   */
  public Publisher(Settings settings, Meters meters, ZContext context, boolean closeAtExit) {
    this.settings = settings;
    this.givenContext = context;
    this.closeAtExit = closeAtExit;
    this.own = new PublisherMeters(meters);
    this.rounds = new AllRounds(settings, meters, instance, own);
    this.demand = new Demand(meters, rounds::topic);
  }

  public Instance instance() {
    return instance;
  }

  /** Starts the thread, the first time, if publishing is enabled. Does not wait for it. */
  public synchronized void start() {
    if (started || closing || !settings.enabled()) return;
    started = true;
    try {
      if (closeAtExit) addHook();
      thread.start();
    } catch (IllegalStateException e) {
      LOG.log(Logger.Level.DEBUG, "the process leaves already; nothing is published", e);
    } catch (OutOfMemoryError e) {
      LOG.log(Logger.Level.WARNING, "no thread to publish from; nothing is published", e);
    }
  }

  /**
   * Sends a last round, and ends the thread, within the close timeout. Safe to call twice, and from
   * any thread; an interrupt does not shorten it, and stays set.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (!closing) closeByNanos = System.nanoTime() + settings.closeTimeout().toNanos();
      closing = true;
      LockSupport.unpark(thread);
      removeHook();
    }
    boolean interrupted = false;
    while (thread.isAlive() && leftMillis() > 0) {
      try {
        thread.join(leftMillis());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private void addHook() {
    hook = OwnThreads.create(this::close, "zibrato-close");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void removeHook() {
    if (hook == null || Thread.currentThread() == hook) return;
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.log(Logger.Level.TRACE, "closed while the process leaves", e);
    }
  }

  private void run() {
    // At least once: a process may leave before its first round.
    do {
      ZContext context = null;
      try {
        Thread.interrupted(); // Nobody has reason to interrupt this thread; JeroMQ would give up.
        contextBroken = false;
        Optional<CurveKeys> keys = keys();
        context = givenContext == null ? ownContext() : givenContext;
        linkUntilClosing(context, keys);
      } catch (IOException e) {
        keysUnusable(e);
      } catch (Throwable e) {
        // Errors too: JeroMQ's assertions are some, and this thread is all that publishes.
        failed(e);
      } finally {
        if (givenContext == null && context != null) end(context);
      }
    } while (!closing && (givenContext == null || !givenContext.isClosed()));
  }

  /** None if nothing is to be encrypted. */
  private Optional<CurveKeys> keys() throws IOException {
    if (settings.curveKeys().isEmpty()) return Optional.empty();
    String folder = settings.curveKeys().get();
    if (folder.isEmpty()) throw new IOException("is set, and names no folder");
    try {
      return Optional.of(CurveKeys.ofClient(Path.of(folder)));
    } catch (InvalidPathException e) {
      throw new IOException("no folder's name: \"" + folder + '"', e);
    }
  }

  /** Rather nothing is sent than unencrypted. The keys may still be put there. */
  private void keysUnusable(IOException e) {
    Logger.Level level = keysSaid ? Logger.Level.DEBUG : Logger.Level.ERROR;
    LOG.log(
        level, "zibrato.curve.keys: {0}; nothing is sent until they can be used", e.getMessage());
    keysSaid = true;
    if (!closing) LockSupport.parkNanos(KEYS_RETRY_NANOS);
  }

  private void linkUntilClosing(ZContext context, Optional<CurveKeys> keys) {
    int queued = settings.wire() == 1 ? QUEUED_TEXTS : QUEUED_FRAMES;
    String address = Endpoints.tcp(settings.host(), settings.port());
    try (BrokerLink opened = new BrokerLink(context, address, keys, queued, rounds, own)) {
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

  private ZContext ownContext() {
    ZContext context = new ZContext();
    context.setUncaughtExceptionHandler((io, e) -> contextBroken = true);
    context.setNotificationExceptionHandler(
        (io, e) -> LOG.log(Logger.Level.DEBUG, "in ZeroMQ's thread", e));
    return context;
  }

  /** Ends a context; without waiting for one whose own thread died, as that may take for ever. */
  private void end(ZContext context) {
    if (!contextBroken) {
      context.close();
      return;
    }
    Thread ender = OwnThreads.create(context::close, "zibrato-end-of-context");
    ender.start();
  }

  private void loop() {
    long intervalNanos = settings.publishInterval().toNanos();
    long dueNanos = System.nanoTime() + intervalNanos;
    while (!closing && !contextBroken) {
      long leftNanos = dueNanos - System.nanoTime();
      if (leftNanos > 0) {
        link.await(Math.min(LISTEN_MILLIS, 1 + leftNanos / 1_000_000));
        demand.follow(link);
      } else {
        rounds.publish(link, false);
        dueNanos = Math.max(dueNanos + intervalNanos, System.nanoTime());
      }
    }
  }

  private void leave() {
    while (!link.down() && !link.heardFor(SUBSCRIPTIONS_NANOS) && leftMillis() > 0) listen();
    while (!rounds.publish(link, true) && !link.down() && leftMillis() > 0) listen();
    link.close(link.down() ? 0 : leftMillis());
  }

  private void listen() {
    link.await(Math.min(LEAVING_MILLIS, leftMillis()));
  }

  private long leftMillis() {
    return Math.max(0, (closeByNanos - System.nanoTime()) / 1_000_000);
  }
}
