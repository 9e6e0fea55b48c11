package io.zibrato.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {
  static final class PlainFlags extends Flags {}

  @TempDir private Path dir;
  private final Logger root = LogManager.getLogManager().getLogger("");
  private final List<Formatter> before = new ArrayList<>();
  private final UncaughtExceptionHandler uncaught = Thread.getDefaultUncaughtExceptionHandler();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void remember() {
    for (Handler handler : root.getHandlers()) before.add(handler.getFormatter());
  }

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(uncaught);
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

  @Test
  void flag_countsBeforeTheOthersAreRead() throws Exception {
    Path config = Files.writeString(dir.resolve("c.properties"), "prot=7\n");

    for (String bad :
        List.of("--config " + config, "--config no/such/file", "--prot 7", "--flush")) {
      List<String> args = new ArrayList<>(List.of(bad.split(" ")));
      args.addAll(List.of("--log-format", "json"));
      err.reset();

      assertThat(run(args.toArray(String[]::new))).isEqualTo(Command.USAGE);
      assertThat(err()).matches("\\{\"time\":\"[^\n]*\"message\":\"[^\n]*Try --help.\"}\\R");
    }
  }

  @Test
  void config_countsBeforeTheOthersAreRead() throws Exception {
    Path config = Files.writeString(dir.resolve("c.properties"), "log-format=json\nprot=7\n");

    assertThat(run("--config", config.toString())).isEqualTo(Command.USAGE);
    assertThat(err()).startsWith("{\"time\":").containsOnlyOnce("\n").contains("prot");
    err.reset();
    assertThat(run("--config", config.toString(), "--log-format", "text")).isEqualTo(Command.USAGE);
    assertThat(err()).startsWith("zibrato-test: ");
  }

  @Test
  void announcements_areInTheFormat() {
    PrintStream to = new PrintStream(err, true);
    PlainFlags flags = new PlainFlags();
    flags.announce("zibrato-test", "test at \"1\"", to);
    assertThat(err()).isEqualToIgnoringNewLines("test at \"1\"");
    err.reset();
    flags.logFormat = LogFormat.JSON;

    flags.announce("zibrato-test", "test at \"1\"", to);

    assertThat(err())
        .contains("\"level\":\"INFO\"", "\"message\":\"test at \\\"1\\\"\"}")
        .containsOnlyOnce("\n");
  }

  /** The JVM would print their traces as text. */
  @Test
  void json_isHowThreadsFail() throws Exception {
    run("--log-format", "json");
    List<LogRecord> records = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            records.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    root.addHandler(handler);
    try {
      Thread thread =
          new Thread(
              () -> {
                throw new IllegalStateException("why");
              },
              "work");
      thread.start();
      thread.join();
    } finally {
      root.removeHandler(handler);
    }

    assertThat(records).hasSize(1);
    assertThat(records.get(0).getMessage()).isEqualTo("thread work failed");
    assertThat(records.get(0).getThrown()).hasMessage("why");
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
