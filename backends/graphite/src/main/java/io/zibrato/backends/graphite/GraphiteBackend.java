package io.zibrato.backends.graphite;

import io.zibrato.backends.Backend;
import io.zibrato.backends.Pacer;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.StepTotals;
import io.zibrato.backends.TcpCourier;
import io.zibrato.backends.Whereabouts;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Delivers to Graphite's carbon what was measured in each step of time. An interval's counters and
 * timers are sent as what they have come to in the step that it ended in, since carbon keeps the
 * last it hears.
 *
 * <p>Each part has a connection of its own, and counts as delivered once carbon has read it to its
 * end. What is sent again replaces what carbon has, so that nothing counts twice. Carbon writes to
 * disk later; when it has ended since the last part, what it took in the last minutes is sent
 * again.
 */
final class GraphiteBackend extends Backend {
  private static final Logger LOG = System.getLogger(GraphiteBackend.class.getName());
  private static final int PART_OF_HEAP = 16;
  private static final int UNPACED = 1_000_000;

  private final GraphiteOptions options;
  private final GraphiteEncoder encoder;
  private final TcpCourier courier;
  private final Presence presence;
  private final Recent recent;
  private final LongSupplier nanoTime;
  private StepTotals totals; // guarded by this; null until it is asked for
  private boolean closed; // guarded by this
  private boolean due; // what it took last has to be sent again

  GraphiteBackend(GraphiteOptions options) {
    this(options, presence(options), System::nanoTime);
  }

  private static Presence presence(GraphiteOptions options) {
    return new Presence(new Whereabouts(options.host(), options.port()), options.timeout());
  }

  GraphiteBackend(GraphiteOptions options, Presence presence, LongSupplier nanoTime) {
    this.options = options;
    this.encoder =
        new GraphiteEncoder(
            new GraphitePaths(options.prefix(), options.template(), options.tags()),
            options.percentiles());
    this.courier =
        new TcpCourier(options.host(), options.port(), options.timeout(), true, new Pacer(UNPACED));
    this.presence = presence;
    this.nanoTime = nanoTime;
    this.recent = new Recent(options.resend(), Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  @Override
  public void connect() throws IOException {
    totals();
    courier.greet();
    presence.begin();
  }

  private synchronized StepTotals totals() throws IOException {
    if (closed) throw new IOException("the worker ends");
    if (totals == null) totals = StepTotals.open(options.state(), options.resolutionSeconds());
    return totals;
  }

  @Override
  public void flush(Snapshot snapshot) throws IOException, RetryException {
    if (snapshot.isEmpty()) return;
    StepTotals.Step step = totals().add(snapshot);
    List<Point> points = encoder.encode(step.totals(), step.second());
    List<byte[]> packets = options.pickle() ? Pickle.packets(points) : Plaintext.packets(points);
    boolean lasts = presence.lasts(); // asked once: an end that comes now is seen next time
    if (!lasts) due = true;
    List<byte[]> all = new ArrayList<>();
    if (due) all.addAll(recent.packets(nanoTime.getAsLong()));
    boolean again = !all.isEmpty();
    all.addAll(packets);
    try {
      if (!lasts) presence.begin(); // before the part, so that it sees an end after it
      courier.deliver(all);
    } catch (RetryException e) {
      // Whatever carbon took of it is replaced.
      throw new RetryException(e.getMessage(), Duration.ZERO, false, e);
    } catch (IOException e) {
      throw new RetryException(courier + ": " + e, Duration.ZERO, false, e);
    }
    due = false;
    long nowNanos = nanoTime.getAsLong();
    if (again) {
      recent.renew(nowNanos);
      LOG.log(Level.INFO, "{0} has ended; what it took last was sent again", courier);
    }
    recent.add(packets, nowNanos);
  }

  @Override
  public void close() throws IOException {
    courier.close();
    presence.close();
    synchronized (this) {
      closed = true;
      if (totals != null) totals.close();
      totals = null;
    }
  }
}
