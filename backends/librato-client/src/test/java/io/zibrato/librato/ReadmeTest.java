package io.zibrato.librato;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the README compiles, with nothing but the client's own classes, and runs. */
class ReadmeTest {
  @TempDir private Path dir;

  @Test
  void example_compilesAndRuns() throws Exception {
    compile(example());

    try (StubApi api = new StubApi();
        URLClassLoader loader =
            new URLClassLoader(new URL[] {dir.toUri().toURL()}, getClass().getClassLoader())) {
      api.otherwise(ReadmeTest::answer);
      loader
          .loadClass("Example")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {api.url()});

      assertThat(api.texts())
          .contains("PUT /v1/metrics/delay {\"display_name\":\"Delay (ms)\"}")
          .anyMatch(each -> each.startsWith("POST /v1/spaces/1/charts "));
    }
  }

  private static String answer(StubApi.Seen request) {
    if (request.method().equals("GET")) {
      return request.target().startsWith("/v1/metrics?")
          ? "{\"metrics\":[{\"name\":\"delay\"}]}"
          : "{\"name\":\"delay\",\"measurements\":{\"web-1\":[{\"measure_time\":1,\"value\":2}]}}";
    }
    return request.target().endsWith("metrics") || request.target().endsWith("measurements")
        ? ""
        : "{\"id\":1,\"name\":\"x\"}";
  }

  private static String example() throws Exception {
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private void compile(String source) throws Exception {
    Path file = Files.writeString(dir.resolve("Example.java"), source, StandardCharsets.UTF_8);
    Path classes =
        Path.of(LibratoClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-Xlint:all", "-d", dir.toString(), "-cp", classes.toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
  }
}
