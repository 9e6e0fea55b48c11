package io.zibrato.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.fixtures.Audited;
import com.example.fixtures.MetaByAnotherClass;
import com.example.fixtures.PublicMethod;
import com.example.plain.Orders;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final Candidates candidates = new Candidates(List.of());

  @Audited
  @Retention(RetentionPolicy.RUNTIME)
  @interface TwoLevels {}

  @Retention(RetentionPolicy.RUNTIME)
  @interface Mark {
    String[] names() default {};

    Class<?> type() default Object.class;

    RetentionPolicy policy() default RetentionPolicy.CLASS;

    Retention[] nested() default {};
  }

  static final class ByTwoLevels {
    @TwoLevels
    void call() {}
  }

  /** Each kind of element value stands before the annotation that counts. */
  static final class BehindEveryValue {
    final long wide = 1L << 40;
    final double fraction = 0.1;

    @Mark(
        names = {"a", "b"},
        type = String.class,
        policy = RetentionPolicy.SOURCE,
        nested = {@Retention(RetentionPolicy.CLASS), @Retention(RetentionPolicy.SOURCE)})
    @Audited
    void call() {}
  }

  @Audited
  static final class OfItsType {}

  static final class Marked {
    @Mark
    @Deprecated
    void call() {}
  }

  @Test
  void concern_ownAnnotation() throws IOException {
    assertThat(concern(PublicMethod.class)).isTrue();
  }

  @Test
  void concern_annotationThatCarriesOurs() throws IOException {
    assertThat(concern(MetaByAnotherClass.class)).isTrue();
    assertThat(concern(BehindEveryValue.class)).isTrue();
    assertThat(concern(OfItsType.class)).isTrue();
  }

  @Test
  void concern_notAnotherLevel() throws IOException {
    assertThat(concern(ByTwoLevels.class)).isFalse();
  }

  @Test
  void concern_notPlainClasses() throws IOException {
    assertThat(concern(Orders.class)).isFalse();
    assertThat(concern(Marked.class)).isFalse();
    assertThat(concern(Thread.class)).isFalse();
  }

  @Test
  void concern_notWhatAMeasurementRunsThrough() throws IOException {
    byte[] annotated = bytes(PublicMethod.class);

    assertThat(candidates.concern(loader(), "io/zibrato/transport/Own", annotated)).isFalse();
    assertThat(candidates.concern(loader(), "com/acme/Proxy$$SpringCGLIB$$0", annotated)).isFalse();
    assertThat(candidates.concern(loader(), "io/zibrato/samples/Own", annotated)).isTrue();
  }

  @Test
  void concern_whatAPatternMayMatch() throws IOException {
    Candidates byPattern =
        new Candidates(List.of(PatternNeeds.of("execution(* no.such.Type.place(..))")));

    assertThat(byPattern.concern(loader(), "com/example/plain/Orders", bytes(Orders.class)))
        .isTrue();
    assertThat(byPattern.concern(loader(), "com/example/Marked", bytes(Marked.class))).isFalse();
  }

  @Test
  void methods_areThoseDeclared() throws IOException {
    assertThat(new ClassBytes(bytes(Orders.class)).methods())
        .isEqualTo(Set.of("<init>", "place", "placeLater", "has", "main"));
  }

  @Test
  void bytes_thatAreNoClassFileAreRefused() {
    assertThatThrownBy(() -> new ClassBytes(new byte[] {1, 2, 3}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private boolean concern(Class<?> type) throws IOException {
    return candidates.concern(loader(), "com/example/" + type.getSimpleName(), bytes(type));
  }

  private static ClassLoader loader() {
    return CandidatesTest.class.getClassLoader();
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    String resource = '/' + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(resource)) {
      return in.readAllBytes();
    }
  }
}
