package io.zibrato.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {
  static final class PlainFlags extends Flags {}

  private final Logger root = LogManager.getLogManager().getLogger("");
  private final List<Formatter> before = new ArrayList<>();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void remember() {
    for (Handler handler : root.getHandlers()) before.add(handler.getFormatter());
  }

  @AfterEach
  void restore() {
    for (int i = 0; i < before.size(); i++) root.getHandlers()[i].setFormatter(before.get(i));
  }

  @Test
  void json_isOneLineARecord() {
    LogRecord record = new LogRecord(Level.WARNING, "cannot {0}: \"{1}\"");
    record.setParameters(new Object[] {"read", "a\nb\u00e9\ud800"});
    record.setLoggerName("io.zibrato.Some");
    record.setInstant(Instant.parse("2026-11-21T18:20:31.204567Z"));

    assertThat(new JsonLog().format(record))
        .isEqualTo(
            "{\"time\":\"2026-11-21T18:20:31.204Z\",\"level\":\"WARNING\","
                + "\"logger\":\"io.zibrato.Some\","
                + "\"message\":\"cannot read: \\\"a\\nb\\u00e9\\ud800\\\"\"}\n");
  }

  @Test
  void json_tellsWhatWasThrown() {
    LogRecord record = new LogRecord(Level.SEVERE, "it failed");
    record.setThrown(new IOException("the \"cause\""));

    assertThat(new JsonLog().format(record))
        .contains(
            "\"level\":\"ERROR\"",
            ",\"thrown\":\"java.io.IOException: the \\\"cause\\\"\\n\\tat io.zibrato.daemon.")
        .endsWith("\"}\n")
        .containsOnlyOnce("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "FINEST, TRACE",
    "FINER, TRACE",
    "FINE, DEBUG",
    "CONFIG, INFO",
    "INFO, INFO",
    "SEVERE, ERROR"
  })
  void json_hasLevelsOfSystemLogger(String level, String name) {
    assertThat(new JsonLog().format(new LogRecord(Level.parse(level), "m")))
        .contains("\"level\":\"" + name + '"');
  }

  @Test
  void flag_setsTheFormat_andThatOfTheLastLine() {
    int code = run("--log-format", "json");

    assertThat(code).isEqualTo(Command.FAILED);
    assertThat(root.getHandlers()).allMatch(each -> each.getFormatter() instanceof JsonLog);
    assertThat(err())
        .matches(
            "\\{\"time\":\"[^\"]+Z\",\"level\":\"ERROR\",\"logger\":\"zibrato-test\","
                + "\"message\":\"no\"}\\R");
  }

  @Test
  void text_isTheDefault() {
    assertThat(run()).isEqualTo(Command.FAILED);
    assertThat(err()).isEqualToIgnoringNewLines("zibrato-test: no");
    assertThat(root.getHandlers()).noneMatch(each -> each.getFormatter() instanceof JsonLog);
  }

  @Test
  void flag_refusesOthers() {
    assertThat(run("--log-format", "xml")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--log-format: not text or json: \"xml\"");
  }

  private int run(String... args) {
    Command.Opener<PlainFlags> opener =
        (flags, out, stop) -> {
          throw new IOException("no");
        };
    return new Command<>("zibrato-test", new PlainFlags(), opener)
        .run(args, new PrintStream(System.out), new PrintStream(err, true));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
