package io.zibrato.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README says to copy is what the sample does. */
class ReadmeTest {
  private static final Path HOME = Path.of("..").toAbsolutePath();

  @Test
  void snippet_isTheSamples() throws IOException {
    String readme = Files.readString(HOME.resolve("README.md"));
    String sample = Files.readString(HOME.resolve("samples/compile-time-weaving/pom.xml"));

    String snippet = plugin(readme);

    assertThat(snippet).contains("zibrato-inspect").isEqualTo(plugin(sample));
  }

  /** The plugin that proves the weaving, without the space around its tags. */
  private static String plugin(String text) {
    int inside = text.indexOf("maven-antrun-plugin");
    int start = text.lastIndexOf("<plugin>", inside);
    int end = text.indexOf("</plugin>", inside);
    return text.substring(start, end).replaceAll("\\s*(</?[^>]+>)\\s*", "$1");
  }
}
