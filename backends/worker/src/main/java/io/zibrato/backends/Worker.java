package io.zibrato.backends;

import io.zibrato.wire.Frame;
import io.zibrato.wire.Message;
import io.zibrato.wire.TextMessage;
import io.zibrato.wire.Topic;
import io.zibrato.wire.Upstream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Subscribes to brokers, books what comes into a {@link Ledger}, and every flush hands the closed
 * interval to a {@link Backend}.
 *
 * <p>Two threads: one reads, books and closes intervals, so that it is never kept waiting by the
 * service; the other delivers, and tries again for as long as the service does not take it. Any
 * thread may start, ask and close.
 *
 * <p>What is booked and what the service has not taken are on disk, written in one transaction a
 * flush: a worker that is killed goes on from there when it is started again, and the applications'
 * cumulative values bring what it had booked since. Only what nobody repeats is lost with it: gauge
 * values, and version 1 messages, since the last flush.
 *
 * <p>Lost, and counted by cause in {@link #stats}: what does not decode, what goes past a bound,
 * and what the service refuses.
 */
public final class Worker implements Closeable {
  /** Told by the worker's own threads. */
  public interface Listener {
    /** The service is ready, and the broker at the address sends us what we subscribed to. */
    void connected(String endpoint);

    /** The worker is good for nothing any more, and should be closed. */
    void failed(String reason);
  }

  private static final Logger LOG = System.getLogger(Worker.class.getName());
  private static final int BURST = 1000;
  private static final Duration STALL = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 50;
  private static final long TEND_NANOS = 1_000_000_000L;
  private static final long DRAIN_QUIET_NANOS = 300_000_000L;
  private static final long DRAIN_NANOS = 2_000_000_000L;

  private final WorkerOptions options;
  private final Backend backend;
  private final Listener listener;
  private final WorkerCounts counts;
  private final ZContext context = new ZContext();
  private final ZMQ.Poller poller;
  private final List<BrokerLink> links = new ArrayList<>();
  private final List<BrokerLink> unannounced;
  private final Books books;
  private final TextBooking text;
  private final Deliverer deliverer;
  private final SelfReport report;
  private final Thread thread = new Thread(this::run, "zibrato-worker");
  private final Pulse pulse;
  private volatile boolean closing;

  private Worker(
      WorkerOptions options,
      Backend backend,
      Listener listener,
      WorkerKeys keys,
      Books books,
      Pulse pulse) {
    this.options = options;
    this.backend = backend;
    this.listener = listener;
    this.books = books;
    this.pulse = pulse;
    counts = books.counts();
    text = new TextBooking(counts.losses);
    for (String endpoint : options.endpoints()) {
      links.add(new BrokerLink(context, endpoint, options.topics(), keys.keys()));
    }
    context.setUncaughtExceptionHandler((t, e) -> listener.failed("ZeroMQ failed: " + e));
    context.setNotificationExceptionHandler((t, e) -> LOG.log(Level.DEBUG, "ZeroMQ", e));
    unannounced = new ArrayList<>(links);
    poller = context.createPoller(links.size());
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), options.retryMax(), new SplittableRandom());
    deliverer = new Deliverer(backend, books.spool(), counts, backoff, listener::failed);
    report = new SelfReport(options, keys.folder(), context);
    thread.setDaemon(true);
  }

  /**
   * Starts both threads. The backend is the worker's from then on, which closes it.
   *
   * @throws IOException when the keys cannot be used, or the state not be opened, with a message
   *     for the user
   */
  public static Worker start(WorkerOptions options, Backend backend, Listener listener)
      throws IOException {
    return start(options, backend, listener, STALL);
  }

  /** One that has stalled when it did not go round for so long. */
  static Worker start(WorkerOptions options, Backend backend, Listener listener, Duration stall)
      throws IOException {
    WorkerKeys keys = WorkerKeys.of(options);
    Books books = Books.open(options, backend.memory());
    Worker worker = new Worker(options, backend, listener, keys, books, new Pulse(stall));
    worker.deliverer.start();
    worker.thread.start();
    return worker;
  }

  private void run() {
    try {
      for (BrokerLink link : links) link.open(poller, System.nanoTime());
      work();
      drain();
      flush();
    } catch (Throwable e) { // an Error must end the process, not only this thread
      LOG.log(Level.ERROR, "the reading thread failed", e);
      listener.failed("the reading thread failed: " + e);
    } finally {
      for (BrokerLink link : links) link.close(poller);
      poller.close();
    }
  }

  private void work() {
    long flushNanos = options.flush().toNanos();
    long nextFlush = System.nanoTime() + flushNanos;
    long nextTend = System.nanoTime() + TEND_NANOS;
    while (!closing) {
      pulse.beat();
      receive(Math.min(POLL_MILLIS, 1 + (nextFlush - System.nanoTime()) / 1_000_000));
      announce();
      long now = System.nanoTime();
      if (now - nextTend >= 0) {
        tend(now);
        nextTend = now + TEND_NANOS;
      }
      if (now - nextFlush >= 0) {
        flush();
        nextFlush = Math.max(nextFlush, now - flushNanos) + flushNanos;
      }
    }
  }

  /** Waits for messages at most so long, and takes a burst of them from each broker. */
  private int receive(long waitMillis) {
    poller.poll(Math.max(0, waitMillis));
    int received = 0;
    long now = System.nanoTime();
    for (BrokerLink link : links) received += link.receive(BURST, now, this::take);
    if (received > 0) counts.look(books.interval());
    return received;
  }

  private void take(BrokerLink link, byte[] bytes) {
    String level = Topic.levelOf(bytes);
    if (level != null && !options.wants(level)) return;
    counts.messages.incrementAndGet();
    try {
      Message message = backend.parse(bytes);
      if (message instanceof Frame frame) book(link, frame);
      else if (message instanceof TextMessage single) text.book(single, this::post);
    } catch (IOException e) {
      counts.losses.add(Loss.MALFORMED, 1, e::toString);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the backend failed on a message", e);
      counts.losses.add(Loss.BACKEND_READER, 1, e::toString);
    }
  }

  private void book(BrokerLink link, Frame frame) {
    if (!books.ledger().book(frame, System.nanoTime(), this::post)) return;
    link.send(new Upstream.Resync(frame.instance(), frame.level()));
    counts.resyncs.incrementAndGet();
  }

  private void post(Measurement measurement) {
    Interval open = books.interval();
    long before = open.taken();
    try {
      backend.post(measurement, open);
      if (open.taken() == before) counts.leftOut.incrementAndGet();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the backend failed on a measurement", e);
      counts.losses.add(Loss.BACKEND_ERROR, 1, () -> measurement.key() + ": " + e);
    }
  }

  private void announce() {
    if (unannounced.isEmpty() || !deliverer.connected()) return;
    for (BrokerLink link : List.copyOf(unannounced)) {
      if (!link.heard()) continue;
      unannounced.remove(link);
      listener.connected(link.endpoint);
    }
  }

  private void tend(long nowNanos) {
    for (BrokerLink link : links) {
      long discarded = link.takeDiscarded();
      if (discarded > 0) counts.losses.add(Loss.NO_ROOM, discarded, () -> "from " + link.endpoint);
      if (link.renewIfSilent(poller, nowNanos)) counts.reconnects.incrementAndGet();
    }
    Ledger ledger = books.ledger();
    ledger.tend(nowNanos);
    counts.vanished.set(ledger.vanished());
    counts.instances.set(ledger.instances());
    counts.series.set(ledger.series());
    report.tell(stats(), this::standing);
    if (ledger.leftUnsaved()) flush();
  }

  private void flush() {
    Snapshot snapshot = books.flush(Math.max(1, backend.batchSize()));
    WorkerStats stats = stats();
    LOG.log(
        Level.INFO,
        "interval {0} has {1} measurements; delivered {2}, held {3}, lost {4} {5}, by applications {6}",
        Long.toString(snapshot.id()),
        Integer.toString(snapshot.size()),
        Long.toString(stats.delivered()),
        Long.toString(stats.held()),
        Long.toString(stats.lostInAll()),
        stats.lost(),
        stats.lostByApplications());
  }

  /** Takes what is still on its way: applications that end with us send their last frames now. */
  private void drain() {
    long start = System.nanoTime();
    long quietSince = start;
    for (long now = start; now - quietSince < DRAIN_QUIET_NANOS && now - start < DRAIN_NANOS; ) {
      long before = counts.messages.get();
      receive(POLL_MILLIS);
      now = System.nanoTime();
      if (counts.messages.get() > before) quietSince = now;
    }
  }

  /** How it stands now. Any thread, until it is closed; waits for no disk. */
  WorkerHealth health() {
    boolean reads = thread.isAlive() && !pulse.stalled();
    return WorkerHealth.of(pulse.uptimeNanos(), reads, deliverer, standing(), stats());
  }

  private SelfReport.Standing standing() {
    return counts.standing(books.spool().held());
  }

  /** The numbers so far; those of one moment may differ by what is on its way between them. */
  public WorkerStats stats() {
    return counts.stats(books.spool().held().measurements());
  }

  /** The measurements that the service refused last, at most 1000, oldest first; of all runs. */
  public List<Refused> refused() {
    return books.spool().refused();
  }

  /**
   * Takes what is still on its way, for at most 2 s, and delivers what it can in the time that the
   * backend has for that. What remains is on disk, for the next worker of the same state.
   */
  @Override
  public synchronized void close() {
    if (closing) return;
    closing = true;
    try {
      thread.join(2 * DRAIN_NANOS / 1_000_000);
      deliverer.finish(backend.finishing());
      report.tell(stats(), this::standing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      books.spool().end("closing was interrupted");
    } finally {
      report.close();
      context.close();
      closeBooks();
    }
  }

  private void closeBooks() {
    try {
      books.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing the worker's state", e);
    }
  }
}
