package io.zibrato.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private final Map<String, String> builder = new HashMap<>();
  private final Properties system = new Properties();
  private final Map<String, String> environment = new HashMap<>();
  private final Properties file = new Properties();
  private final LogRecords log = new LogRecords(SettingSources.class);

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void nothingSet_isTheDefaults() {
    assertThat(load())
        .isEqualTo(
            new Settings(
                true,
                "127.0.0.1",
                5550,
                "not_specified",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Set.of("debug", "trace"),
                10_000,
                8192,
                2,
                Optional.empty(),
                false,
                Path.of("/tmp/stats-pipe")));
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void sources_rankFromBuilderToFile() {
    file.setProperty("zibrato.source", "file");
    assertThat(load().source()).isEqualTo("file");
    environment.put("ZIBRATO_SOURCE", "environment");
    assertThat(load().source()).isEqualTo("environment");
    system.setProperty("zibrato.source", "system");
    assertThat(load().source()).isEqualTo("system");
    builder.put("source", "builder");
    assertThat(load().source()).isEqualTo("builder");
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void everySetting_isReadFromEverySource() {
    Map<String, String> values = new HashMap<>();
    values.put("curve.keys", "/etc/zibrato/keys");
    values.put("statvent", "true");
    values.put("statvent.pipe-dir", "/run/pipes");
    values.putAll(
        Map.of(
            "enabled", "FALSE",
            "host", "broker.example.com",
            "port", "7000",
            "source", "web1",
            "publish-interval", "250ms",
            "close-timeout", "1m",
            "on-demand", " debug , fine ",
            "max-series", "500",
            "gauge-queue", "64",
            "wire", "1"));
    Settings expected =
        new Settings(
            false,
            "broker.example.com",
            7000,
            "web1",
            Duration.ofMillis(250),
            Duration.ofMinutes(1),
            Set.of("debug", "fine"),
            500,
            64,
            1,
            Optional.of("/etc/zibrato/keys"),
            true,
            Path.of("/run/pipes"));

    builder.putAll(values);
    assertThat(load()).isEqualTo(expected);
    builder.clear();
    values.forEach((name, value) -> system.setProperty("zibrato." + name, value));
    assertThat(load()).isEqualTo(expected);
    system.clear();
    values.forEach(
        (name, value) ->
            environment.put(
                "ZIBRATO_" + name.toUpperCase(Locale.ROOT).replaceAll("[-.]", "_"), value));
    assertThat(load()).isEqualTo(expected);
    environment.clear();
    values.forEach((name, value) -> file.setProperty("zibrato." + name, value));
    assertThat(load()).isEqualTo(expected);
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "enabled,yes",
    "host,''",
    "host,tcp://a",
    "port,0",
    "port,65536",
    "port,many",
    "publish-interval,9ms",
    "publish-interval,2h",
    "publish-interval,soon",
    "publish-interval,1 fortnight",
    "close-timeout,-1s",
    "close-timeout,2m",
    "close-timeout,NaN",
    "max-series,0",
    "max-series,1000001",
    "gauge-queue,15",
    "gauge-queue,1048577",
    "gauge-queue,1.5",
    "wire,0",
    "wire,3"
  })
  void unusableValue_isNamedOnceAndTheDefaultKept(String name, String value) {
    environment.put("ZIBRATO_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), value);

    Settings settings = load();

    assertThat(log.messages()).hasSize(1);
    assertThat(log.messages().get(0))
        .startsWith("WARNING zibrato." + name + " = \"" + value + "\" (environment)");
    environment.clear();
    assertThat(settings).isEqualTo(load());
  }

  @Test
  void unusableValue_leavesTheNextSourceItsSay() {
    system.setProperty("zibrato.port", "none");
    file.setProperty("zibrato.port", "7001");

    assertThat(load().port()).isEqualTo(7001);
    assertThat(log.messages()).hasSize(1);
  }

  @Test
  void unknownSetting_isNamedOnce() {
    system.setProperty("zibrato.prot", "7000");
    environment.put("ZIBRATO_HOTS", "a");
    file.setProperty("zibrato.colour", "red");
    file.setProperty("other.colour", "red");

    assertThat(load().port()).isEqualTo(5550);
    assertThat(log.messages()).hasSize(3);
    assertThat(log.messages().get(0)).startsWith("WARNING zibrato.prot (system property)");
    assertThat(log.messages().get(1)).startsWith("WARNING zibrato.hots (environment)");
    assertThat(log.messages().get(2)).startsWith("WARNING zibrato.colour (zibrato.properties)");
    assertThat(log.messages().get(0)).contains("publish-interval", "on-demand");
  }

  @Test
  void settingOfOthers_isNoneOfOurs() {
    system.setProperty("zibrato.test.require-tools", "true");
    environment.put("ZIBRATO_TEST_REQUIRE_TOOLS", "true");

    load();

    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1,1000", "1s,1000", "0.5s,500", "250ms,250", "2 m,120000", "1h,3600000", "10ms,10"})
  void span_isReadWithItsUnit(String text, long millis) {
    builder.put("publish-interval", text);

    assertThat(load().publishInterval()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void onDemand_namesLevelsAllOrNone() {
    assertThat(load().isOnDemand("debug")).isTrue();
    assertThat(load().isOnDemand("info")).isFalse();
    builder.put("on-demand", "*");
    assertThat(load().isOnDemand("info")).isTrue();
    builder.put("on-demand", "");
    assertThat(load().isOnDemand("debug")).isFalse();
    builder.put("on-demand", "none");
    assertThat(load().isOnDemand("debug")).isFalse();
  }

  private Settings load() {
    log.messages().clear();
    return SettingSources.load(builder, system, environment, file);
  }
}
