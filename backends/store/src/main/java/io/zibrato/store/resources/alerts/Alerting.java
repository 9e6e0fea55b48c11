package io.zibrato.store.resources.alerts;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.Route;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts and the services they tell: their endpoints, the thread that evaluates them each minute,
 * and those that call webhooks. Evaluating waits for no webhook.
 */
public final class Alerting implements AutoCloseable {
  private static final long CALL_TIMEOUT_MILLIS = 10_000;

  private final List<Route> routes = new ArrayList<>();
  private final Evaluator evaluator;
  private final Minutes minutes;
  private final Webhooks webhooks;

  /**
   * Makes it; nothing runs yet.
   *
   * @param account whose alerts they are, for webhooks; null for nobody's
   */
  public Alerting(Database database, Writer writer, Clock clock, String account) {
    this(database, writer, clock, account, CALL_TIMEOUT_MILLIS);
  }

  Alerting(Database database, Writer writer, Clock clock, String account, long callTimeoutMillis) {
    webhooks = new Webhooks(database, writer, clock, callTimeoutMillis);
    evaluator =
        new Evaluator(database, writer, account, clock.instant().getEpochSecond(), webhooks::wake);
    minutes = new Minutes(clock, evaluator::round, "store-alerts");
    routes.addAll(new AlertEndpoints(database, writer, clock, account, webhooks::wake).routes());
    routes.addAll(new ServiceEndpoints(database, writer, clock).routes());
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Begins to evaluate, at the next whole minute, and to call webhooks. */
  public void start() {
    webhooks.start();
    minutes.start();
  }

  /** For tests, which have no thread of minutes. */
  Evaluator evaluator() {
    return evaluator;
  }

  Webhooks webhooks() {
    return webhooks;
  }

  /** Ends within about three seconds. */
  @Override
  public void close() {
    minutes.close();
    webhooks.close();
  }
}
