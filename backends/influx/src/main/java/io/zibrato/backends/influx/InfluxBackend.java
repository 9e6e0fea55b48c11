package io.zibrato.backends.influx;

import io.zibrato.backends.Backend;
import io.zibrato.backends.DeliveryException;
import io.zibrato.backends.FatalException;
import io.zibrato.backends.HttpAnswer;
import io.zibrato.backends.HttpCourier;
import io.zibrato.backends.Memory;
import io.zibrato.backends.RefusedException;
import io.zibrato.backends.RetryException;
import io.zibrato.backends.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Delivers to InfluxDB what was measured in each interval, in the line protocol over HTTP, as
 * version 1 or 2 takes it. What is sent again replaces what InfluxDB has, so that nothing counts
 * twice.
 */
final class InfluxBackend extends Backend {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final InfluxOptions options;
  private final PointTimes times = new PointTimes();
  private final LineEncoder encoder;
  private final HttpCourier courier;

  InfluxBackend(InfluxOptions options) {
    this.options = options;
    this.encoder = new LineEncoder(options.tags(), times, options.percentiles());
    String version = InfluxBackend.class.getPackage().getImplementationVersion();
    this.courier =
        new HttpCourier(
            new HttpCourier.Settings(
                "zibrato-influx/" + (version == null ? "development" : version),
                options.authorization().isEmpty()
                    ? Map.of()
                    : Map.of("Authorization", options.authorization()),
                options.gzip(),
                options.timeout(),
                true));
  }

  /** What an interval's points have for a time, from run to run. */
  @Override
  public Optional<Memory> memory() {
    return Optional.of(times);
  }

  /** Writes nothing: InfluxDB looks for credentials and database before it finds that out. */
  @Override
  public void connect() throws IOException, FatalException {
    try {
      HttpAnswer answer = post("");
      if (!wantsOnlyPoints(answer)) HttpCourier.check(answer, "" + options);
    } catch (FatalException e) {
      throw e;
    } catch (RefusedException e) {
      throw new IOException(options + " answered " + e.getMessage(), e);
    } catch (DeliveryException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** InfluxDB 2.0 takes no write of nothing, and says so once all else is right. */
  private static boolean wantsOnlyPoints(HttpAnswer answer) {
    return answer.status() == 400 && answer.text().contains("points");
  }

  @Override
  public void flush(Snapshot snapshot) throws DeliveryException {
    if (snapshot.isEmpty()) return;
    HttpCourier.check(post(encoder.encode(snapshot)), options.toString());
  }

  private HttpAnswer post(String lines) throws RetryException {
    byte[] body = lines.getBytes(StandardCharsets.UTF_8);
    HttpAnswer answer = courier.post(options.write(), TEXT, body);
    // Not what was sent is at fault: it waits until the database is made.
    if (answer.status() == 404 && answer.text().contains("not found")) {
      throw new RetryException(options + " has no " + options.place() + ": " + answer);
    }
    return answer;
  }

  @Override
  public void close() {
    courier.close();
  }
}
