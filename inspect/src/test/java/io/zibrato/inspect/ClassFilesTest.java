package io.zibrato.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zibrato.daemon.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"BOOT-INF", "WEB-INF"})
  void application_hasJarsWithin(String inf) throws IOException {
    Path service = Workbench.unwoven(folder.resolve("service"), "Orders$Service");
    Path audited = Workbench.unwoven(folder.resolve("audited"), "Audited");
    byte[] classes = Workbench.jar(service, inf + "/classes/");
    byte[] library = Workbench.jar(audited, "");
    Path jar = folder.resolve("app.jar");
    Workbench.write(jar, Workbench.jarWith(classes, inf + "/lib/audited.jar", library));

    assertThat(Workbench.classFiles(jar))
        .extracting(file -> file.origin() + ' ' + file.path())
        .contains(
            jar + " " + inf + "/classes/com/example/inspected/Orders$Service.class",
            jar + "!/" + inf + "/lib/audited.jar com/example/inspected/Audited.class")
        .hasSize(3);
    assertThat(Workbench.inspect(jar).annotated()).isEqualTo(4);
  }

  @Test
  void jar_hasOnlyItsOwnClasses() throws IOException {
    Path audited = Workbench.unwoven(folder.resolve("audited"), "Audited", "package-info");
    byte[] classes = Workbench.jar(audited, "");
    Path jar = folder.resolve("any.jar");
    Workbench.write(jar, Workbench.jarWith(classes, "lib/other.jar", classes));

    assertThat(Workbench.classFiles(jar))
        .extracting(ClassFile::path)
        .containsExactly("com/example/inspected/Audited.class");
  }

  @Test
  void path_thatIsNone() throws IOException {
    Path none = folder.resolve("none");
    Path text = Workbench.write(folder.resolve("text.jar"), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> ClassFiles.each(none.toString(), file -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessage("there is no folder or jar \"" + none + '"');
    assertThatThrownBy(() -> ClassFiles.each(text.toString(), file -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("no jar: \"" + text + '"');
  }
}
