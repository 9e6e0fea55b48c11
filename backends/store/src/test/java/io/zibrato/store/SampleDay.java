package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A day of a shop, sent to a store as its clients would send it. The same numbers each time. */
final class SampleDay {
  private static final int BATCH = 5_000;
  private static final int SERVERS = 50;
  private static final long DAY_SECONDS = 86_400;

  private final Http http;
  private final long end;
  private final Random random = new Random(7);
  private final List<String> batch = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param end when the day ends, in epoch seconds
   */
  SampleDay(Http http, long end) {
    this.http = http;
    this.end = end - end % 60;
  }

  void send() throws Exception {
    cpu();
    checkout();
    shop();
    describe();
    annotate();
  }

  /** Busy by day, idle by night: 0 to 1. */
  private double load(long time) {
    final double hours = (time - end) / 3_600.0;
    return 0.55 + 0.4 * Math.sin((hours + 7) / 24 * 2 * Math.PI);
  }

  private void cpu() throws Exception {
    final double[] drift = new double[SERVERS];
    for (long time = end - DAY_SECONDS; time <= end; time += 300) {
      for (int i = 0; i < SERVERS; i++) {
        drift[i] = 0.93 * drift[i] + random.nextGaussian();
        final boolean hot = i == 16 && time > end - 9_000;
        final double percent = 14 + 34 * load(time) + 6 * (i % 5) + 1.6 * drift[i] + (hot ? 34 : 0);
        gauge("cpu.percent", server(i), time, "value", Math.max(1, Math.min(99, percent)));
      }
    }
    flush();
  }

  private static String server(int i) {
    return String.format(Locale.ROOT, "web-%02d", i + 1);
  }

  private void checkout() throws Exception {
    for (long time = end - DAY_SECONDS; time <= end; time += 60) {
      for (int i = 0; i < 6; i++) {
        final double slow = time > end - 5_400 ? 2.3 : 1;
        final double middle = 0.085 * (1 + 0.5 * load(time) + 0.07 * i) * slow;
        final double noise = 1 + 0.08 * random.nextGaussian();
        final long count = Math.round(40 + 160 * load(time) + 6 * random.nextGaussian());
        timer("checkout.duration", server(i), time, count, middle * noise);
      }
    }
    flush();
  }

  private void timer(String name, String source, long time, long count, double middle)
      throws Exception {
    add(
        "{\"name\":\"%s\",\"source\":\"%s\",\"measure_time\":%d,\"count\":%d,\"sum\":%s,\"min\":%s,"
            + "\"max\":%s}",
        name, source, time, count, middle * 1.12 * count, middle * 0.4, middle * 6.5);
    gauge(name + ".p50", source, time, "value", middle);
    gauge(name + ".p95", source, time, "value", middle * (2.6 + 0.2 * random.nextDouble()));
    gauge(name + ".p99", source, time, "value", middle * (4.1 + 0.6 * random.nextDouble()));
  }

  private void shop() throws Exception {
    for (long time = end - DAY_SECONDS; time <= end; time += 60) {
      for (final String region : List.of("eu-west", "us-east", "ap-south")) {
        final double share = region.equals("eu-west") ? 1 : region.equals("us-east") ? 0.7 : 0.35;
        final long orders = Math.round(share * (4 + 22 * load(time) + 2 * random.nextGaussian()));
        gauge("orders.placed", region, time, "value", Math.max(0, orders));
        gauge("orders.revenue", region, time, "value", Math.max(0, orders) * 37.5);
        gauge("requests", region, time, "value", Math.round(share * 900 * (0.3 + load(time))));
        final boolean trouble = time > end - 5_400 && region.equals("us-east");
        final double errors = share * (1.5 + 2 * random.nextDouble()) * (trouble ? 9 : 1);
        gauge("requests.failed", region, time, "value", Math.round(errors));
      }
      for (int i = 0; i < 4; i++) {
        final double saw = ((time / 60 + 97L * i) % 240) / 240.0;
        gauge("jvm.heap", server(i), time, "value", (0.9 + 1.9 * saw + 0.1 * i) * (1L << 30));
      }
      gauge("queue.depth", "worker-1", time, "value", Math.round(30 * load(time) + 4));
    }
    flush();
  }

  private void gauge(String name, String source, long time, String member, double value)
      throws Exception {
    add(
        "{\"name\":\"%s\",\"source\":\"%s\",\"measure_time\":%d,\"%s\":%.6f}",
        name, source, time, member, value);
  }

  private void add(String format, Object... values) throws Exception {
    batch.add(String.format(Locale.ROOT, format, values));
    if (batch.size() >= BATCH) {
      flush();
    }
  }

  private void flush() throws Exception {
    assertThat(http.post("{\"gauges\":[" + String.join(",", batch) + "]}").statusCode())
        .isEqualTo(200);
    batch.clear();
  }

  private void describe() throws Exception {
    describe("cpu.percent", "CPU of the web servers", "%");
    for (final String suffix : List.of("", ".p50", ".p95", ".p99")) {
      describe("checkout.duration" + suffix, "From the basket to the receipt", "s");
    }
    describe("orders.placed", "Orders", "orders");
    describe("orders.revenue", "Revenue", "EUR");
    describe("jvm.heap", "Heap in use", "bytes");
  }

  private void describe(String name, String title, String unit) throws Exception {
    put(
        "/v1/metrics/" + name,
        "{\"display_name\":\"%s\",\"attributes\":{\"display_units_short\":\"%s\"}}"
            .formatted(title, unit));
  }

  private void annotate() throws Exception {
    event("deploys", "shop 4.17", end - 66_000, null, "web");
    event("deploys", "shop 4.18", end - 31_000, null, "web");
    event("deploys", "shop 4.19: new checkout", end - 5_500, null, "web");
    event("incidents", "Payment provider slow", end - 5_000, end - 2_400, null);
  }

  private void event(String stream, String title, long start, Long finish, String source)
      throws Exception {
    post(
        "/v1/annotations/" + stream,
        "{\"title\":\"%s\",\"start_time\":%d%s%s}"
            .formatted(
                title,
                start,
                finish == null ? "" : ",\"end_time\":" + finish,
                source == null ? "" : ",\"source\":\"" + source + "\""));
  }

  /**
   * One more minute of checkouts, slow ones: alerts only look at what comes after they were made.
   */
  void slowMinute(long time) throws Exception {
    for (int i = 0; i < 6; i++) {
      timer(
          "checkout.duration",
          server(i),
          time,
          150,
          0.085 * (1 + 0.5 * load(time) + 0.07 * i) * 2.3);
    }
    flush();
  }

  /** Three alerts, of which one triggers at the next {@link #slowMinute}. */
  void alerts() throws Exception {
    final long service =
        id(
            post(
                "/v1/services",
                "{\"type\":\"mail\",\"title\":\"On call\","
                    + "\"settings\":{\"addresses\":\"oncall@shop.example\"}}"));
    alert(
        service,
        "shop.checkout.slow",
        "Customers wait too long",
        "{\"type\":\"above\",\"metric_name\":\"checkout.duration.p95\",\"threshold\":0.5,"
            + "\"summary_function\":\"max\"}");
    alert(
        service,
        "shop.queue.stuck",
        "The mail queue grows",
        "{\"type\":\"above\",\"metric_name\":\"queue.depth\",\"threshold\":500}");
    alert(
        service,
        "shop.orders.missing",
        "No orders arrive",
        "{\"type\":\"absent\",\"metric_name\":\"orders.placed\",\"duration\":600}");
  }

  private void alert(long service, String name, String description, String condition)
      throws Exception {
    post(
        "/v1/alerts",
        "{\"name\":\"%s\",\"description\":\"%s\",\"conditions\":[%s],\"services\":[%d]}"
            .formatted(name, description, condition, service));
  }

  /** A space with six charts; answers its id. */
  long space() throws Exception {
    final long space = id(post("/v1/spaces", "{\"name\":\"Shop\"}"));
    for (final String chart :
        List.of(
            "{\"name\":\"Orders by region\",\"type\":\"stacked\",\"label\":\"orders per minute\","
                + "\"streams\":[{\"metric\":\"orders.placed\",\"source\":\"*\","
                + "\"group_function\":\"breakout\"}]}",
            "{\"name\":\"Checkout time\",\"type\":\"line\",\"streams\":["
                + stream("checkout.duration.p50", "p50")
                + ","
                + stream("checkout.duration.p95", "p95")
                + ","
                + stream("checkout.duration.p99", "p99")
                + "]}",
            "{\"name\":\"Revenue\",\"type\":\"bignumber\",\"use_last_value\":true,\"streams\":["
                + "{\"metric\":\"orders.revenue\",\"source\":\"*\",\"group_function\":\"sum\","
                + "\"units_short\":\"EUR/min\"}]}",
            "{\"name\":\"CPU of the web servers\",\"type\":\"line\",\"min\":0,\"max\":100,"
                + "\"streams\":[{\"metric\":\"cpu.percent\",\"source\":\"web-1*\","
                + "\"group_function\":\"breakout\"}]}",
            "{\"name\":\"Failed requests\",\"type\":\"line\",\"label\":\"percent\",\"streams\":["
                + "{\"name\":\"failed\",\"composite\":\"scale(divide([sum(s(\\\"requests.failed\\\""
                + ",\\\"*\\\")),sum(s(\\\"requests\\\",\\\"*\\\"))]),{factor:\\\"100\\\"})\"}]}",
            "{\"name\":\"Heap\",\"type\":\"line\",\"streams\":[{\"metric\":\"jvm.heap\","
                + "\"source\":\"*\",\"group_function\":\"breakout\"}]}")) {
      post("/v1/spaces/" + space + "/charts", chart);
    }
    return space;
  }

  private static String stream(String metric, String name) {
    return "{\"metric\":\"%s\",\"source\":\"*\",\"group_function\":\"max\",\"name\":\"%s\"}"
        .formatted(metric, name);
  }

  private static long id(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject().get("id").getAsLong();
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    final HttpResponse<String> response = http.send("POST", path, "application/json", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return response;
  }

  private void put(String path, String json) throws Exception {
    assertThat(http.send("PUT", path, "application/json", json).statusCode()).isEqualTo(204);
  }
}
