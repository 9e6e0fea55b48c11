package io.zibrato.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.beust.jcommander.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  static final class TestFlags extends Flags {
    @Parameter(names = "--port", converter = PortConverter.class, description = "where")
    int port = 5550;

    @Parameter(names = "--flush", converter = SecondsConverter.class, description = "how often")
    Duration flush = Duration.ofSeconds(60);

    @Override
    protected void check() throws UsageException {
      if (port == 13) throw new UsageException("--port: 13 brings bad luck");
    }
  }

  @TempDir Path dir;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final TestFlags flags = new TestFlags();

  @Test
  void run_closesTheWorkWhenItFails() {
    boolean[] closed = new boolean[1];

    int code =
        run(
            (flags, out, stop) -> {
              stop.failed("no more");
              stop.failed("too late");
              return () -> closed[0] = true;
            });

    assertThat(code).isEqualTo(Command.FAILED);
    assertThat(closed[0]).isTrue();
    assertThat(err()).isEqualToIgnoringNewLines("zibrato-test: no more");
  }

  @Test
  void run_saysWhyItCannotStart() {
    int code =
        run(
            (flags, out, stop) -> {
              throw new IOException("port 5550 is in use");
            });

    assertThat(code).isEqualTo(Command.FAILED);
    assertThat(err()).isEqualToIgnoringNewLines("zibrato-test: port 5550 is in use");
  }

  @Test
  void task_endsByItself() {
    Command<TestFlags> command =
        Command.ofTask(
            "zibrato-test", flags, (flags, out, asked) -> asked.await(1) ? 0 : flags.port);

    int code =
        command.run(new String[] {"--port", "7"}, new PrintStream(out), new PrintStream(err));

    assertThat(code).isEqualTo(7);
  }

  @Test
  void run_namesFlagAndValue() {
    assertThat(run(unopened(), "--port", "99999")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--port").contains("\"99999\"");
  }

  @Test
  void run_namesFlagAndValueOfSeconds() {
    assertThat(run(unopened(), "--flush", "soon")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--flush").contains("\"soon\"");
  }

  @Test
  void run_refusesUnknownFlags() {
    assertThat(run(unopened(), "--prot", "1")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--prot");
  }

  @Test
  void run_refusesWhatCheckRefuses() {
    assertThat(run(unopened(), "--port", "13")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("bad luck");
  }

  @Test
  void run_showsHelp() {
    assertThat(run(unopened(), "--help")).isEqualTo(Command.STOPPED);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsSubsequence(
            "--flush", "Default: 60\n", "--port", "Default: 5550", "--config", "--help");
  }

  @Test
  void run_showsVersion() {
    assertThat(run(unopened(), "--version")).isEqualTo(Command.STOPPED);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("zibrato-test ");
  }

  @Test
  void config_isBelowTheCommandLine() throws Exception {
    Path config = Files.writeString(dir.resolve("c.properties"), "port=7\nflush=0.5\n");

    FlagParser.parse("zibrato-test", flags, "--config", config.toString(), "--port", "8");

    assertThat(flags.port).isEqualTo(8);
    assertThat(flags.flush).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void config_refusesUnknownKeys() throws Exception {
    Path config = Files.writeString(dir.resolve("c.properties"), "prot=7\n");

    assertThat(run(unopened(), "--config", config.toString())).isEqualTo(Command.USAGE);
    assertThat(err()).contains("prot");
  }

  @Test
  void config_mustExist() {
    assertThat(run(unopened(), "--config", "no/such/file")).isEqualTo(Command.USAGE);
    assertThat(err()).contains("--config").contains("no/such/file");
  }

  private static Command.Opener<TestFlags> unopened() {
    return (flags, out, stop) -> {
      throw new AssertionError("must not open");
    };
  }

  private int run(Command.Opener<TestFlags> opener, String... args) {
    Command<TestFlags> command = new Command<>("zibrato-test", flags, opener);
    return command.run(args, new PrintStream(out, true), new PrintStream(err, true));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
