package io.zibrato.aspects;

import static org.assertj.core.api.Assertions.assertThat;

import aj.org.objectweb.asm.ClassReader;
import aj.org.objectweb.asm.ClassVisitor;
import aj.org.objectweb.asm.MethodVisitor;
import aj.org.objectweb.asm.Opcodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the weaver made of the fixtures: nothing in it allocates for a call. */
class WovenBytesIT {
  private static final Set<String> BOXES =
      Set.of("Boolean", "Byte", "Character", "Short", "Integer", "Long", "Float", "Double");

  @Test
  void woven_hasNoClosures() throws IOException {
    assertThat(classes()).isNotEmpty().noneMatch(file -> file.toString().contains("AjcClosure"));
  }

  @Test
  void woven_makesNoJoinPoints() throws IOException {
    assertThat(calls())
        .anyMatch(call -> call.contains("io/zibrato/aspects/TimeSite.stop"))
        .noneMatch(call -> call.contains("Factory.makeJP "));
  }

  @Test
  void advice_boxesNothing() throws IOException {
    assertThat(calls())
        .filteredOn(call -> call.contains("$advice"))
        .isNotEmpty()
        .noneMatch(
            call -> BOXES.stream().anyMatch(b -> call.contains("java/lang/" + b + ".valueOf")))
        .noneMatch(call -> call.contains("org/aspectj/runtime/internal/Conversions"));
  }

  /** Each call in each woven method, as {@code class.method: owner.name }. */
  private static List<String> calls() throws IOException {
    List<String> calls = new ArrayList<>();
    for (Path file : classes()) {
      new ClassReader(Files.readAllBytes(file))
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                    int access, String method, String type, String generic, String[] thrown) {
                  return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitMethodInsn(
                        int opcode, String owner, String name, String type, boolean itf) {
                      calls.add(
                          file.getFileName() + "." + method + ": " + owner + "." + name + " ");
                    }
                  };
                }
              },
              0);
    }
    return calls;
  }

  private static List<Path> classes() throws IOException {
    try (Stream<Path> files = Files.walk(Fixtures.woven())) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }
}
