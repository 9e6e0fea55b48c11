package io.zibrato.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.zibrato.meter.LossCause;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table of all causes of loss is the code's. */
class LossTableTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+)` \\| ((?:application|broker|worker)[a-z, ]*) \\|(.*)\\|$");

  @Test
  void table_hasTheCodesCauses() throws Exception {
    assertThat(inReadme()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(inCode());
  }

  private static List<String> inReadme() throws IOException {
    List<String> causes = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "..", "README.md"))) {
      Matcher row = ROW.matcher(line);
      if (!row.matches()) continue;
      causes.add(row.group(2) + ": " + row.group(1));
      assertThat(row.group(3).split("\\|", -1)).as(line).hasSize(4).noneMatch(String::isBlank);
    }
    return causes;
  }

  private static List<String> inCode() throws ReflectiveOperationException {
    List<String> causes = new ArrayList<>();
    for (LossCause cause : LossCause.values()) causes.add("application: " + cause.label());
    for (Object cause : Class.forName("io.zibrato.broker.Cause").getEnumConstants()) {
      causes.add("broker, " + field(cause, "kind") + ": " + field(cause, "label"));
    }
    for (Field field : Loss.class.getDeclaredFields()) {
      boolean isCause =
          field.getType() == String.class && !Modifier.isPrivate(field.getModifiers());
      if (!isCause) continue;
      String cause = (String) field.get(null);
      String stage = Loss.stage(cause).name().toLowerCase(Locale.ROOT);
      causes.add("worker, " + stage + ": " + cause);
    }
    return causes;
  }

  private static Object field(Object cause, String name) throws ReflectiveOperationException {
    Field field = cause.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(cause);
  }
}
