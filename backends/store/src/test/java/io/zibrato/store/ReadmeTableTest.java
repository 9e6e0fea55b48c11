package io.zibrato.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.store.data.Database;
import io.zibrato.store.data.Writer;
import io.zibrato.store.http.Route;
import io.zibrato.store.metrics.Metrics;
import io.zibrato.store.points.Retention;
import io.zibrato.store.resources.alerts.Alerting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's table of what is done is true: of each route, and of each test that it names. */
class ReadmeTableTest {
  private static final String HEADING = "| endpoint or attribute | done | test |";
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src", "test", "java"), Path.of("..", "store-clients", "src", "test", "java"));
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern ENDPOINT =
      Pattern.compile("`((?:GET|POST|PUT|DELETE) /[^` ?]*)[^`]*`");
  private static final Pattern TEST_NAME = Pattern.compile("[A-Za-z0-9]+(Test|IT)\\.[A-Za-z0-9_]+");

  @TempDir Path dir;

  /** One line of the table. */
  private record Row(String what, String done, String tests) {
    boolean yes() {
      return done.equals("yes");
    }

    List<String> named() {
      return QUOTED.matcher(tests).results().map(found -> found.group(1)).toList();
    }

    List<String> endpoints() {
      return ENDPOINT.matcher(what).results().map(found -> found.group(1)).toList();
    }
  }

  private static List<Row> rows() throws IOException {
    final List<Row> rows = new ArrayList<>();
    final List<String> lines = Files.readAllLines(Path.of("README.md"));
    assertThat(lines).containsOnlyOnce(HEADING);
    for (final String line : lines.subList(lines.indexOf(HEADING) + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      final String[] cells = line.split("(?<!\\\\)\\|", -1);
      assertThat(cells).as(line).hasSize(5);
      rows.add(new Row(cells[1].strip(), cells[2].strip(), cells[3].strip()));
    }
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private List<String> routes() throws Exception {
    try (Database database = Database.open(dir);
        Writer writer = Writer.start(database.writer());
        Alerting alerting = new Alerting(database, writer, Clock.systemUTC(), null)) {
      final Clock clock = Clock.systemUTC();
      final Metrics metrics = Metrics.open(database, writer, Retention.forever(), clock);
      return Store.routes(database, writer, metrics, alerting, clock).stream()
          .filter(route -> route.path().startsWith("/v1/") || !route.path().contains("."))
          .map(ReadmeTableTest::endpoint)
          .toList();
    }
  }

  private static String endpoint(Route route) {
    return route.method() + " " + route.path();
  }

  @Test
  void routes_areInTheTableAsDone() throws Exception {
    final List<String> done =
        rows().stream().filter(Row::yes).flatMap(row -> row.endpoints().stream()).toList();

    assertThat(routes()).isNotEmpty().allSatisfy(route -> assertThat(done).contains(route));
  }

  @Test
  void endpoints_haveARouteIfTheyAreDone() throws Exception {
    final List<String> routes = routes();

    for (final Row row : rows()) {
      for (final String endpoint : row.endpoints()) {
        if (row.yes()) {
          assertThat(routes).as(row.what()).contains(endpoint);
        } else if (row.what().equals("`" + endpoint + "`")) {
          assertThat(routes).as(row.what()).doesNotContain(endpoint);
        }
      }
    }
  }

  @Test
  void rows_sayYesWithTestsOrNo() throws Exception {
    for (final Row row : rows()) {
      assertThat(row.done()).as(row.what()).matches("yes|no");
      if (row.yes()) {
        assertThat(row.named()).as(row.what()).isNotEmpty();
      }
    }
  }

  @Test
  void tests_thatAreNamedAreThere() throws Exception {
    for (final Row row : rows()) {
      for (final String test : row.yes() ? row.named() : List.<String>of()) {
        assertThat(test).as(row.what()).matches(TEST_NAME);
        assertThat(isATest(test)).as(row.what() + ": " + test).isTrue();
      }
    }
  }

  private static boolean isATest(String name) throws IOException {
    final String[] parts = name.split("\\.");
    for (final Path root : SOURCES) {
      try (Stream<Path> files = Files.walk(root)) {
        final boolean found =
            files
                .filter(file -> file.endsWith(parts[0] + ".java"))
                .anyMatch(file -> hasTest(file, parts[1]));
        if (found) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the lines above the method, up to an empty one, make it a test. */
  private static boolean hasTest(Path file, String method) {
    try {
      return Pattern.compile("(?m)^ *(?:void|public void) " + method + "\\(")
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::start)
          .anyMatch(start -> annotated(file, start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean annotated(Path file, int start) {
    try {
      final String before = Files.readString(file).substring(0, start);
      final String above = before.substring(before.lastIndexOf("\n\n") + 1);
      return Pattern.compile("@(Test|\\w+Test|TestFactory)\\b").matcher(above).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tests_thatAreNotThereAreNoticed() throws Exception {
    assertThat(isATest("ReadmeTableTest.rows_sayYesWithTestsOrNo")).isTrue();
    assertThat(isATest("AuthIT.withTheTokenAlone_passes")).isTrue();
    assertThat(isATest("ReadmeTableTest.annotated")).isFalse();
    assertThat(isATest("ReadmeTableTest.nothing")).isFalse();
    assertThat(isATest("NothingTest.nothing")).isFalse();
  }
}
