package io.zibrato.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final BrokerMeters meters = new BrokerMeters("here:5550");
  private volatile boolean alive = true;
  private Health health;
  private HealthClient client;

  @BeforeEach
  void open() throws Exception {
    health =
        Health.open(
            "127.0.0.1", 0, () -> alive, () -> HealthPage.json(alive, 12_345_678_901L, meters));
    client = new HealthClient(health.port());
  }

  @AfterEach
  void close() {
    health.close();
  }

  @Test
  void page_tellsWhatWasCounted() {
    String level = "a \"b\" \\ \n \u0001 \u20AC </script>";
    meters.traffic(level).in(10);
    meters.traffic(level).out(10);
    meters.traffic("info").in(5);
    meters.stopped(Cause.NO_TOPIC, "a test");
    meters.stopped(Cause.MALFORMED, "a test");
    meters.subscriptions(3);

    JsonObject page = client.page();

    assertThat(page.get("status").getAsString()).isEqualTo("ok");
    assertThat(page.get("uptime_seconds").getAsString()).isEqualTo("12.346");
    assertThat(page.get("subscriptions").getAsInt()).isEqualTo(3);
    assertThat(page.getAsJsonObject("levels").keySet()).containsExactlyInAnyOrder(level, "info");
    assertThat(client.traffic(level, "messages_in")).isEqualTo(1);
    assertThat(client.traffic(level, "messages_out")).isEqualTo(1);
    assertThat(client.traffic(level, "bytes_in")).isEqualTo(10);
    assertThat(client.traffic(level, "bytes_out")).isEqualTo(10);
    assertThat(client.dropped("no-topic")).isEqualTo(1);
    assertThat(client.dropped("empty")).isZero();
    assertThat(client.refused("malformed")).isEqualTo(1);
  }

  @Test
  void page_isUnavailableOnceNothingIsForwarded() {
    alive = false;

    assertThat(client.send("GET", "/health").statusCode()).isEqualTo(503);
    assertThat(client.page().get("status").getAsString()).isEqualTo("stalled");
  }

  @Test
  void page_isReadOnly() {
    HttpResponse<String> head = client.send("HEAD", "/health");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(client.send("POST", "/health").statusCode()).isEqualTo(405);
    assertThat(client.send("GET", "/").statusCode()).isEqualTo(404);
    assertThat(client.send("GET", "/health/more").statusCode()).isEqualTo(404);
  }

  @Test
  void open_saysThatThePortIsInUse() {
    assertThatThrownBy(() -> Health.open("127.0.0.1", health.port(), () -> alive, () -> ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("port " + health.port() + " is in use")
        .hasMessageContaining("health");
  }
}
