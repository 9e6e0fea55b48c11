package io.zibrato.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintFlagsTest {
  @Test
  void unusableFlags_areNamed(@TempDir Path dir) throws Exception {
    Path file = Files.createFile(dir.resolve("file"));

    assertThat(refused("--jdk", dir.toString())).contains("--jdk", dir.toString());
    assertThat(refused("--only", "nothing-of-this-name"))
        .contains("--only", "nothing-of-this-name");
    assertThat(refused("--only", "(")).contains("--only", "\"(\"");
    assertThat(refused("--results", file.toString())).contains("--results", file.toString());
    assertThat(refused("--slow")).contains("--slow");
  }

  private static String refused(String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        FootprintMain.run(
            args, new PrintStream(new ByteArrayOutputStream()), new PrintStream(err, true));
    assertThat(exit).isEqualTo(2);
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void only_takesWhatAFactIsHeldAgainst() throws Exception {
    FootprintFlags flags = new FootprintFlags();
    flags.only = "virtual-constructors";

    assertThat(flags.facts())
        .extracting(Fact::name)
        .containsExactly("virtual-plain", "virtual-constructors");
  }
}
