package io.zibrato.backends.otlp;

import io.zibrato.backends.Backend;
import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.GaugeValue;
import io.zibrato.backends.HttpAnswer;
import io.zibrato.backends.HttpCourier;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.Snapshot;
import io.zibrato.backends.TakenInPartException;
import io.zibrato.backends.Total;
import io.zibrato.backends.Totals;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;

/**
 * Delivers to a receiver of OTLP over HTTP what the series that something came for have come to.
 * Totals do not count twice, however often they are sent.
 */
final class OtlpBackend extends Backend {
  private static final Logger LOG = System.getLogger(OtlpBackend.class.getName());
  private static final int BAD_REQUEST = 400;

  /** The errors that OTLP lets be tried again. */
  private static final Set<Integer> FOR_LATER = Set.of(429, 502, 503, 504);

  private final OtlpOptions options;
  private final OtlpEncoder encoder;
  private final HttpCourier courier;
  private Totals totals; // guarded by this; null until they are asked for
  private boolean closed; // guarded by this

  OtlpBackend(OtlpOptions options) {
    this.options = options;
    String given = OtlpBackend.class.getPackage().getImplementationVersion();
    String version = given == null ? "development" : given;
    this.encoder = new OtlpEncoder(options.json(), options.resource(), version);
    this.courier =
        new HttpCourier(
            new HttpCourier.Settings(
                "zibrato-otlp/" + version,
                options.headers(),
                options.gzip(),
                options.timeout(),
                true));
  }

  /** Sends a request of no metrics, which some receivers call a bad one. */
  @Override
  public void connect() throws IOException, FatalException {
    totals();
    try {
      HttpAnswer answer = post(encoder.encode(List.of(), List.of()));
      if (answer.status() != BAD_REQUEST) check(answer);
    } catch (FatalException e) {
      throw e;
    } catch (RefusedException e) {
      throw new IOException(options.metrics() + " answered " + e.getMessage(), e);
    } catch (DeliveryException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private synchronized Totals totals() throws IOException {
    if (closed) throw new IOException("the worker ends");
    if (totals == null) totals = Totals.open(options.totals());
    return totals;
  }

  @Override
  public void flush(Snapshot snapshot) throws IOException, DeliveryException {
    if (snapshot.isEmpty()) return;
    Snapshot cumulative =
        new Snapshot(
            snapshot.id(),
            snapshot.startMillis(),
            snapshot.endMillis(),
            snapshot.counters(),
            snapshot.timers(),
            List.of());
    Totals.Added added = totals().add(cumulative);
    boolean isNothing = added.totals().isEmpty() && snapshot.gauges().isEmpty();
    PartialSuccess partial =
        isNothing ? PartialSuccess.NONE : send(added.totals(), snapshot.gauges());
    if (partial.rejected() > 0) rejected(snapshot, added, partial);
    added.check();
    if (!partial.message().isEmpty()) LOG.log(Level.DEBUG, "{0}", told(partial));
  }

  private PartialSuccess send(List<Total> totals, List<GaugeValue> gauges)
      throws DeliveryException {
    HttpAnswer answer = post(encoder.encode(totals, gauges));
    check(answer);
    return PartialSuccess.of(answer.body(), options.json());
  }

  private void check(HttpAnswer answer) throws DeliveryException {
    boolean isForNever =
        answer.status() >= 400 && !answer.isForbidden() && !FOR_LATER.contains(answer.status());
    if (isForNever) throw new RefusedException(answer.toString());
    HttpCourier.check(answer, options.toString());
  }

  /**
   * OTLP forbids to send again what was taken in part, and does not tell which points were not; so
   * only one alone is set aside. A measurement may be two points, and counts as lost by either.
   */
  private void rejected(Snapshot snapshot, Totals.Added added, PartialSuccess partial)
      throws DeliveryException {
    if (snapshot.size() == 1) throw new RefusedException(told(partial));
    String why = told(partial) + (added.withoutRoom() > 0 ? "; " + added : "");
    throw new TakenInPartException(added.withoutRoom(), partial.rejected(), why);
  }

  private String told(PartialSuccess partial) {
    String why = partial.message().replaceAll("\\p{Cntrl}+", " ");
    return options + " rejected " + partial.rejected() + " points: " + why;
  }

  private HttpAnswer post(byte[] body) throws DeliveryException {
    String type = options.json() ? "application/json" : "application/x-protobuf";
    return courier.post(options.metrics(), type, body);
  }

  @Override
  public void close() throws IOException {
    courier.close();
    synchronized (this) {
      closed = true;
      if (totals != null) totals.close();
      totals = null;
    }
  }
}
