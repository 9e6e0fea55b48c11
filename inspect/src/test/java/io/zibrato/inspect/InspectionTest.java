package io.zibrato.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class InspectionTest {
  @TempDir Path folder;

  @Test
  void sites_areWhatTheAspectsWouldMeasure() throws IOException {
    Findings findings = Workbench.inspect(Workbench.unwoven(folder, "Orders", "Audited"));

    assertThat(findings.sites())
        .extracting(site -> site.place() + ' ' + site.asked().kind().type + ' ' + site.name())
        .map(line -> line.replace("com.example.inspected.", ""))
        .containsExactlyInAnyOrder(
            "Orders.new(int) COUNTER Orders.new",
            "Orders.new(int) TIMER orders.make",
            "Orders.place(Entry, int[]) COUNTER orders.place",
            "Orders.cancel(String[]) COUNTER cancelled",
            "Orders.cancel(String[]) COUNTER cancelled.badly",
            "Orders.cancel(String[]) TIMER cancelling",
            "Orders.size() TIMER orders.counting",
            "Orders.size() GAUGE orders.open",
            "Orders.later() TIMER Orders.later",
            "Orders.later(int) COUNTER orders.later.by.number",
            "Orders.later(int) TIMER orders.later.by.number.time",
            "Orders.later(int) GAUGE orders.later.by.number.gauge",
            "Orders$Priced.euros() COUNTER priced.count",
            "Orders$Priced.euros() TIMER priced.time",
            "Orders$Shape.twice() COUNTER shape.twice",
            "Orders$Shape.twice() TIMER shape.twice.time",
            "Orders$Service.serve() COUNTER audited.serve",
            "Orders$Service.serve() TIMER audited.serve.time",
            "Orders$Service.own(List) COUNTER audited.own",
            "Orders$Service.own(List) TIMER own",
            "Orders$Colour.code() COUNTER colour.code",
            "Orders$Depths.depth() GAUGE Orders.Depths.depth",
            "Orders$Covariant.get() COUNTER covariant");
    assertThat(findings.warnings()).extracting(Warning::concern).containsOnly(Concern.NOT_WOVEN);
  }

  @Test
  void site_saysWhatIsWritten() throws IOException {
    Findings findings = Workbench.inspect(Workbench.unwoven(folder, "Orders", "Audited"));

    Site place = site(findings, "orders.place");
    Site cancelling = site(findings, "cancelling");

    assertThat(place.asked().level()).isEqualTo("warn");
    assertThat(place.asked().value()).isEqualTo(3);
    assertThat(place.asked().on()).isEqualTo("RETURN");
    assertThat(place.source()).isEqualTo("{host}.Orders");
    assertThat(place.tags()).isEqualTo(Map.of("shop", "main", "of", "Orders"));
    assertThat(cancelling.asked().level()).isEqualTo("debug");
    assertThat(cancelling.asked().sample()).isEqualTo(64);
    assertThat(cancelling.asked().value()).isEqualTo(1);
    assertThat(cancelling.asked().on()).isEqualTo("BOTH");
    assertThat(cancelling.source()).isEmpty();
    assertThat(cancelling.tags()).isEmpty();
  }

  private static Site site(Findings findings, String name) {
    return findings.sites().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void carriers_areFoundOnTheClassPath() throws IOException {
    Path classes = Workbench.unwoven(folder.resolve("classes"), "Orders$Service");
    Path library = Workbench.unwoven(folder.resolve("library"), "Audited");

    assertThat(Workbench.inspect(classes).annotated()).isEqualTo(1);
    assertThat(Workbench.inspect(List.of(classes), List.of(library)).annotated()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          noBody()           | no-code: @CountMe is on an abstract method: it is never woven
          elsewhere()        | no-code: @TimeMe is on a native method: it is never woven
          noNumber()         | no-number: @GaugeMe is on a method that returns no number
          neverReturns()     | no-number: @GaugeMe is on a method that never returns
          noLevel()          | refused: @CountMe is not measured: level not of 1 to 64 bytes without NUL: ""
          negative()         | refused: @CountMe is not measured: value < 0: -1
          noTag()            | refused: @TimeMe is not measured: tag is not key=value: "no equals sign"
          noSample()         | misleading: @TimeMe sample < 1 means 1: 0
          twoTags()          | misleading: @CountMe a tag is given twice: [a=1, a=2]
          noPlaceholder()    | misleading: @CountMe has no use for {klass}; there are {class} {method} {host} {pid}
          counted()          | types: "same" names a counter and a timer (com.example.inspected.Surprises.timed()), of one level, source and tags
          countedAndGauged() | types: "elsewhere" names a counter and a gauge, though of different levels, sources or tags
          Shown.call()       | no-code: @CountMe is on a bridge to an inherited method: it is never woven
          Forgotten          | not-retained: is not retained at run time, so what it carries means nothing
          OnlyAbstract       | no-method: @CountMe on the type means none of its methods
          """)
  void surprise_isNamed(String place, String warning) throws IOException {
    Findings findings = Workbench.inspect(Workbench.unwoven(folder, "Surprises"));

    assertThat(Workbench.warnings(findings, place)).contains(warning);
  }

  @Test
  void annotationThatIsNotRetained_measuresNothing() throws IOException {
    Findings findings = Workbench.inspect(Workbench.unwoven(folder, "Surprises"));

    assertThat(findings.sites()).extracting(Site::member).doesNotContain("forgotten()");
  }

  @Test
  void alphabet_namesWhatLibratoWillSee() throws IOException {
    Findings findings = Workbench.inspect(Workbench.unwoven(folder, "Surprises"));

    assertThat(Workbench.warnings(findings, "noAlphabet()"))
        .contains(
            "alphabet: @CountMe name \"orders placed/s\" becomes \"orders-placed-s\" at Librato,"
                + " which takes up to 255 of A-Za-z0-9.:-_",
            "alphabet: @CountMe source with its tags \"host.shop-Zürich\" becomes"
                + " \"host.shop-Z-rich\" at Librato, which takes up to 255 of A-Za-z0-9.:-_");
  }

  @Test
  void seriesThatNeverAre_areNotComparedWithOthers() throws IOException {
    Findings findings = Workbench.inspect(Workbench.unwoven(folder, "Surprises"));

    assertThat(Workbench.warnings(findings, ".usable()"))
        .containsExactly("not-woven: @CountMe is not woven: nothing of its class is");
  }

  @Test
  void kotlin_isWarnedOf() throws IOException {
    Path file = folder.resolve("K.class");
    ClassWriter type = new ClassWriter(0);
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "K", null, "java/lang/Object", null);
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    method(type, access, "load", "(ILkotlin/coroutines/Continuation;)V", Kind.COUNT);
    method(type, access | Opcodes.ACC_SYNTHETIC, "getX$annotations", "()V", Kind.COUNT);
    Workbench.write(file, type.toByteArray());

    Findings findings = Workbench.inspect(folder);

    assertThat(Workbench.warnings(findings, "K.load(int, Continuation)"))
        .contains(
            "suspend: @CountMe is on a Kotlin suspend function, which returns before it is done");
    assertThat(Workbench.warnings(findings, "K.getX$annotations()"))
        .contains(
            "synthetic: @CountMe is on code that the compiler made, which may never run, as with a"
                + " Kotlin property's");
  }

  @Test
  void resultThatCannotBeFound_isNamed() throws IOException {
    ClassWriter type = new ClassWriter(0);
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "G", null, "java/lang/Object", null);
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    method(type, access, "price", "()Lcom/example/Money;", Kind.GAUGE);
    method(type, access, "sum", "()Ljava/math/BigDecimal;", Kind.GAUGE);
    Workbench.write(folder.resolve("a/G.class"), type.toByteArray());
    ClassWriter money = new ClassWriter(0);
    money.visit(Opcodes.V17, 0, "com/example/Money", null, "java/lang/Object", null);
    Workbench.write(folder.resolve("b/Money.class"), money.toByteArray());

    Findings alone = Workbench.inspect(folder.resolve("a"));
    Findings all = Workbench.inspect(List.of(folder.resolve("a")), List.of(folder.resolve("b")));

    assertThat(Workbench.warnings(alone, "G.price()"))
        .containsExactly(
            "not-woven: @GaugeMe is not woven: it may return no number, --classpath could tell:"
                + " com.example.Money");
    assertThat(Workbench.warnings(all, "G.price()"))
        .containsExactly("no-number: @GaugeMe is on a method that returns no number");
    assertThat(Workbench.warnings(all, "G.sum()"))
        .containsExactly("not-woven: @GaugeMe is not woven: nothing of its class is");
  }

  private static void method(
      ClassWriter type, int access, String name, String descriptor, Kind kind) {
    MethodVisitor method = type.visitMethod(access, name, descriptor, null, null);
    method.visitAnnotation(kind.descriptor(), true).visitEnd();
    boolean empty = descriptor.endsWith("V");
    if (!empty) method.visitInsn(Opcodes.ACONST_NULL);
    method.visitInsn(empty ? Opcodes.RETURN : Opcodes.ARETURN);
    method.visitMaxs(1, 2);
    method.visitEnd();
  }

  @Test
  void classThatCannotBeRead_isNamed() throws IOException {
    Workbench.unwoven(folder, "Orders", "Audited");
    Workbench.write(folder.resolve("a/Broken.class"), new byte[] {1, 2, 3});
    byte[] orders = Files.readAllBytes(folder.resolve("com/example/inspected/Orders.class"));
    orders[7] = 127;
    Workbench.write(folder.resolve("a/OfTheFuture.class"), orders);

    Findings findings = Workbench.inspect(folder);

    assertThat(findings.annotated()).isEqualTo(23);
    assertThat(findings.warnings())
        .filteredOn(warning -> warning.concern() == Concern.UNREADABLE)
        .extracting(Warning::place)
        .containsExactly(folder + "/a/Broken.class", folder + "/a/OfTheFuture.class");
  }

  @Test
  void askedToStop_isNoResult() throws IOException {
    Workbench.unwoven(folder, "Orders");

    assertThatThrownBy(() -> Inspection.of(List.of(folder.toString()), List.of(), millis -> true))
        .isInstanceOf(InterruptedIOException.class);
  }
}
