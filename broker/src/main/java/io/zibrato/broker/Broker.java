package io.zibrato.broker;

import io.zibrato.transport.CurveKeys;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Forwards every frame that an application publishes to the workers that subscribe to its level,
 * unopened, and the workers' subscriptions and RESYNCs to the applications.
 *
 * <p>One thread owns both sockets. It keeps nothing: a frame is on its way to the workers or it is
 * gone, and what it held comes with the next one, because values are cumulative. A worker that does
 * not keep up loses frames, which it sees in their sequence. What is not forwarded is counted by
 * {@link Cause}; all counts go out in frames at the level {@code zibrato} and on the health page.
 *
 * <p>Once a second a heartbeat goes both ways, because neither side can tell a dead broker from a
 * quiet one otherwise.
 *
 * <p>Next on a frame's way: {@code Worker}.
 */
public final class Broker implements Closeable {
  private static final System.Logger LOG = System.getLogger(Broker.class.getName());
  private static final int IO_THREADS = 1; // with more, one side outruns the other, and loses
  private static final int BURST = 1000;
  private static final long POLL_MILLIS = 100;
  private static final long DRAIN_NANOS = 500_000_000L;
  private static final long CLOSE_MILLIS = 3_000;

  private final BrokerOptions options;
  private final Consumer<String> onFailure;
  private final ZContext context = new ZContext(IO_THREADS);
  private final CompletableFuture<Integer> bound = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "zibrato-broker");
  private final long startedNanos = System.nanoTime();
  private volatile boolean closing;
  private volatile BrokerMeters meters;
  private volatile Pulse pulse;
  private int port;
  private int clients; // written before bound is completed
  private Health health;

  // Only the broker's thread.
  Optional<Admission> admission = Optional.empty();
  private Sides sides;
  private UpstreamGate gate;
  private Downstream downstream;
  private Guards guards;

  private Broker(BrokerOptions options, Consumer<String> onFailure) {
    this.options = options;
    this.onFailure = onFailure;
    context.setUncaughtExceptionHandler((ioThread, e) -> failed(ioThread.getName(), e));
    context.setNotificationExceptionHandler((ioThread, e) -> connectionFailed(e));
    thread.setDaemon(true);
  }

  /** As {@link #start(BrokerOptions, Consumer)}; a failure is only logged. */
  public static Broker start(BrokerOptions options) throws IOException {
    return start(options, reason -> {});
  }

  /**
   * Listens on both sides, and forwards until closed.
   *
   * @param onFailure told why, once the broker can forward no more; on any thread. It is still to
   *     be closed
   * @throws IOException naming the port that could not be bound
   */
  public static Broker start(BrokerOptions options, Consumer<String> onFailure) throws IOException {
    Broker broker = new Broker(options, onFailure);
    try {
      broker.thread.start();
      broker.awaitBound();
      broker.openHealth();
      return broker;
    } catch (IOException e) {
      broker.close();
      throw e;
    }
  }

  public int publisherPort() {
    return port;
  }

  public int workerPort() {
    return port + 1;
  }

  /** Where the health page is served; empty when none was asked for. */
  public OptionalInt healthPort() {
    return health == null ? OptionalInt.empty() : OptionalInt.of(health.port());
  }

  /** How much was stopped for the cause. */
  long stopped(Cause cause) {
    return meters.stopped(cause);
  }

  /**
   * Hands on what was received, and stops. Returns within three seconds, also when a worker does
   * not take what waits for it.
   */
  @Override
  public void close() {
    closing = true;
    if (health != null) health.close();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the process says once it listens. */
  @Override
  public String toString() {
    String host = options.hostInAddress();
    String sides = host + ':' + port + " (publishers) and " + host + ':' + (port + 1);
    String page = "";
    if (health != null) {
      String healthHost = options.healthHost().equals(options.host()) ? host : options.healthHost();
      page = ", health at http://" + healthHost + ':' + health.port() + "/health";
    }
    String encrypted = options.curveKeys().isEmpty() ? "" : ", CURVE for " + clients + " clients";
    return "broker listening on " + sides + " (workers)" + encrypted + page;
  }

  private void run() {
    try {
      open();
      forward();
      drain();
    } catch (IOException e) {
      bound.completeExceptionally(e);
    } catch (Throwable e) {
      failed(thread.getName(), e);
    } finally {
      // In this order, see openAdmission.
      if (sides != null) sides.close();
      admission.ifPresent(Admission::close);
      context.close();
    }
  }

  private void open() throws IOException {
    Optional<CurveKeys> keys = Optional.empty();
    if (options.curveKeys().isPresent()) keys = Optional.of(openAdmission());
    guards = Guards.create(options.bounds(), keys, this::stopped);
    sides = Sides.bind(context, options.host(), options.port(), guards);
    String address = options.hostInAddress() + ':' + sides.port();
    meters = new BrokerMeters(options.source().isEmpty() ? address : options.source());
    Subscriptions subscriptions = new Subscriptions();
    pulse = new Pulse(sides, subscriptions, meters);
    gate = new UpstreamGate(subscriptions, meters, pulse::resync, System::nanoTime);
    downstream = new Downstream(sides, guards, meters);
    clients = admission.map(Admission::clients).orElse(0);
    bound.complete(sides.port());
  }

  /** Before anything is bound: without admission, ZeroMQ would admit everybody. */
  private CurveKeys openAdmission() throws IOException {
    Path folder = options.curveKeys().orElseThrow();
    CurveKeys keys = CurveKeys.ofBroker(folder);
    AllowList allowed = new AllowList(folder);
    admission = Optional.of(new Admission(context, allowed, () -> guards, this::stopped));
    return keys;
  }

  private void forward() {
    try (ZMQ.Poller poller = context.createPoller(3)) {
      poller.register(sides.publishers(), ZMQ.Poller.POLLIN);
      poller.register(sides.workers(), ZMQ.Poller.POLLIN);
      admission.ifPresent(asked -> poller.register(asked.socket(), ZMQ.Poller.POLLIN));
      Pace pace = new Pace(() -> poller.poll(POLL_MILLIS));
      while (!closing) {
        admission.ifPresent(Admission::tend);
        int moved = passUp() + downstream.pass();
        if (pulse.beat()) guards.tend();
        pace.rest(moved);
      }
    }
  }

  /**
   * From the workers to the applications.
   *
   * @return how many messages there were
   */
  private int passUp() {
    for (int i = 0; i < BURST; i++) {
      long before = guards.upwards().allocated();
      byte[] message = sides.workers().recv(ZMQ.DONTWAIT);
      if (message == null) {
        guards.upwards().nothingLeft(before);
        return i;
      }
      guards.upwards().taken(message.length);
      if (gate.admit(message)) sides.publishers().send(message, ZMQ.DONTWAIT);
    }
    return BURST;
  }

  private void drain() {
    long untilNanos = System.nanoTime() + DRAIN_NANOS;
    boolean more = true;
    while (more && System.nanoTime() - untilNanos < 0) {
      more = downstream.pass() == Downstream.BURST;
    }
    pulse.last();
    sides.lingerAtClose();
  }

  private void awaitBound() throws IOException {
    try {
      port = bound.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while starting");
    }
  }

  private void openHealth() throws IOException {
    if (options.healthPort().isEmpty()) return;
    health =
        Health.open(
            options.healthHost(), options.healthPort().getAsInt(), this::forwards, this::page);
  }

  private boolean forwards() {
    return thread.isAlive() && !pulse.stalled();
  }

  private String page() {
    return HealthPage.json(forwards(), System.nanoTime() - startedNanos, meters);
  }

  private void connectionFailed(Throwable e) {
    stopped(Cause.CONNECTION, e.toString());
  }

  private void stopped(Cause cause, String what) {
    BrokerMeters meters = this.meters; // null until both sides are bound
    if (meters == null) return;
    if (cause.kind.equals(Cause.DROPPED)) meters.received();
    meters.stopped(cause, what);
  }

  private void failed(String threadName, Throwable e) {
    if (!bound.isDone()) bound.completeExceptionally(e);
    LOG.log(System.Logger.Level.ERROR, "thread " + threadName + " ended", e);
    onFailure.accept("thread " + threadName + " ended: " + e);
  }
}
