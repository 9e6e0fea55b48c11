package io.zibrato.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectIT {
  @TempDir static Path folder;
  private static Path unwoven;
  private static Path woven;

  /** How a process ended, and what it said. */
  private record Ended(int exitCode, String out, String err) {}

  @BeforeAll
  static void weave() throws IOException {
    unwoven = Workbench.unwoven(folder.resolve("unwoven"), "Orders", "Audited");
    woven = Workbench.woven(unwoven, folder.resolve("woven"), Workbench.aspects());
  }

  @Test
  void woven_isProven() throws Exception {
    Ended ended = inspect("--fail-on-unwoven", "--fail-on-warnings", woven.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .anyMatch(line -> line.matches("METHOD +WOVEN +TYPE +LEVEL +NAME +SOURCE +TAGS +ELSE"))
        .anyMatch(
            line ->
                line.matches(
                    "com.example.inspected.Orders.place\\(Entry, int\\[]\\) +yes +counter +warn"
                        + " +orders.place +\\{host}.Orders +of=Orders,shop=main +value=3"
                        + " on=RETURN"))
        .anyMatch(
            line ->
                line.matches(
                    "com.example.inspected.Orders.cancel\\(String\\[]\\) +yes +timer +debug"
                        + " +cancelling +\\(zibrato.source\\) +sample=64"))
        .last()
        .isEqualTo("23 annotated, 23 woven, 0 warnings");
  }

  @Test
  void unwoven_isNamed() throws Exception {
    Ended ended = inspect("--fail-on-unwoven", unwoven.toString(), woven.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out().lines())
        .contains(unwoven + ":", woven + ":")
        .contains(
            "warning: com.example.inspected.Orders$Priced.euros(): @TimeMe is not woven: nothing of"
                + " its class is")
        .contains("46 annotated, 23 woven, 22 warnings");
  }

  @Test
  void unwoven_isNoFailureUnlessAsked() throws Exception {
    assertThat(inspect(unwoven.toString()).exitCode()).isZero();
    assertThat(inspect("--fail-on-warnings", unwoven.toString()).exitCode()).isEqualTo(1);
  }

  @Test
  void json_hasAll() throws Exception {
    Ended ended = inspect("--json", unwoven.toString());

    JsonObject all = JsonParser.parseString(ended.out()).getAsJsonObject();
    assertThat(all.get("annotated").getAsInt()).isEqualTo(23);
    assertThat(all.get("woven").getAsInt()).isZero();
    assertThat(all.get("unwoven").getAsInt()).isEqualTo(23);
    assertThat(all.getAsJsonArray("sites")).hasSize(23);
    assertThat(all.getAsJsonArray("sites"))
        .contains(
            JsonParser.parseString(
                "{path: '"
                    + unwoven
                    + "', class: 'com.example.inspected.Orders', member: 'place(Entry, int[])',"
                    + " woven: 'no', type: 'counter', level: 'warn', name: 'orders.place',"
                    + " source: '{host}.Orders', tags: {of: 'Orders', shop: 'main'}, value: 3,"
                    + " on: 'RETURN'}"));
    assertThat(all.getAsJsonArray("warnings"))
        .contains(
            JsonParser.parseString(
                "{concern: 'not-woven', place: 'com.example.inspected.Orders.later()', message:"
                    + " '@TimeMe is not woven: nothing of its class is'}"));
  }

  @Test
  void nothingAnnotated_isSaid() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));

    Ended ended = inspect("--fail-on-unwoven", empty.toString());

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out().lines())
        .containsExactly("Nothing is annotated.", "0 annotated, 0 woven, 0 warnings");
  }

  @Test
  void usage_isExplained() throws Exception {
    Ended noPath = inspect();
    Ended nowhere = inspect("nowhere");
    Ended noClassPath = inspect("--classpath", "nowhere.jar", unwoven.toString());

    assertThat(noPath.exitCode()).isEqualTo(2);
    assertThat(noPath.err()).contains("PATH");
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err()).contains("there is no folder or jar \"nowhere\"");
    assertThat(noClassPath.exitCode()).isEqualTo(2);
    assertThat(noClassPath.err()).contains("\"nowhere.jar\"");
    assertThat(inspect("--help").out()).contains("--fail-on-unwoven", "PATH");
    assertThat(inspect("--version").out()).startsWith("zibrato-inspect ");
  }

  private static Ended inspect(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("zibrato.inspect.jar")));
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends: " + command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
