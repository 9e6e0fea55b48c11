package io.zibrato;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may import which: the design's table of modules. */
@AnalyzeClasses(packages = "io.zibrato", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportsTest {
  @ArchTest static final ArchRule meter_importsNothing = only("io.zibrato.meter", "java..");

  @ArchTest
  static final ArchRule wire_importsMeter = only("io.zibrato.wire", "java..", "io.zibrato.meter");

  @ArchTest
  static final ArchRule transport_importsMeterWireAndZeroMq =
      only(
          "io.zibrato.transport",
          "java..",
          "io.zibrato.meter",
          "io.zibrato.wire",
          "org.zeromq..",
          "zmq..");

  @ArchTest
  static final ArchRule statvent_importsMeterAndTransport =
      only("io.zibrato.statvent", "java..", "io.zibrato.meter", "io.zibrato.transport");

  @ArchTest
  static final ArchRule facade_importsAllBelow =
      only(
          "io.zibrato",
          "java..",
          "io.zibrato.meter",
          "io.zibrato.wire",
          "io.zibrato.transport",
          "io.zibrato.statvent",
          "org.zeromq..");

  private static ArchRule only(String inside, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = inside;
    System.arraycopy(others, 0, allowed, 1, others.length);
    return classes()
        .that()
        .resideInAPackage(inside)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }
}
