package io.zibrato.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/zibrato/bench");

  @ParameterizedTest
  @ValueSource(strings = {"Subject", "Shapes", "Defaults"})
  void twins_areTheSame(String name) throws Exception {
    assertThat(source("loaded", name)).isEqualTo(source("woven", name));
  }

  private static String source(String way, String name) throws Exception {
    return Files.readString(SOURCES.resolve(way).resolve(name + ".java"))
        .replace("package io.zibrato.bench." + way + ";", "")
        .replaceFirst("(?s)/\\*\\*.*?\\*/", ""); // says by what it is woven
  }

  @ParameterizedTest
  @ValueSource(strings = {"Subject", "Shapes", "Defaults"})
  void theBuildWeavesOneOfThem(String name) throws Exception {
    assertThat(woven("io.zibrato.bench.woven." + name)).isTrue();
    assertThat(woven("io.zibrato.bench.loaded." + name)).isFalse();
  }

  private static boolean woven(String name) throws Exception {
    ClassLoader loader = SubjectsTest.class.getClassLoader();
    Field[] fields = Class.forName(name, false, loader).getDeclaredFields();
    return Arrays.stream(fields).anyMatch(field -> field.getName().startsWith("ajc$"));
  }
}
