package io.zibrato.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/**
 * What has to be known of other types: which annotations carry ours, and which classes are numbers.
 */
final class Types {
  private final Map<String, String> superclasses = new HashMap<>();
  private final Map<String, List<AnnotationNode>> carriers = new HashMap<>();

  void add(ClassFile file) {
    ClassReader reader = new ClassReader(file.bytes());
    if (reader.getSuperName() != null) {
      superclasses.putIfAbsent(reader.getClassName(), reader.getSuperName());
    }
    if ((reader.getAccess() & Opcodes.ACC_ANNOTATION) == 0) return;
    ClassNode type = file.outline();
    if (carriesOurs(type)) {
      carriers.putIfAbsent('L' + type.name + ';', type.visibleAnnotations);
    }
  }

  static boolean carriesOurs(ClassNode annotation) {
    for (Kind kind : Kind.values()) {
      if (!Asked.among(ClassFile.orNone(annotation.visibleAnnotations), kind).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Whether an annotation is there at run time, where the aspects read it. */
  static boolean isRetained(ClassNode annotation) {
    for (AnnotationNode carried : ClassFile.orNone(annotation.visibleAnnotations)) {
      if (carried.desc.equals("Ljava/lang/annotation/Retention;")) {
        return Asked.values(carried).get("value") instanceof String[] policy
            && policy[1].equals("RUNTIME");
      }
    }
    return false;
  }

  /** What annotations of a place ask for, themselves and by what they carry. */
  List<Asked> asked(List<AnnotationNode> annotations, Kind kind) {
    List<Asked> asked = new ArrayList<>();
    for (AnnotationNode annotation : ClassFile.orNone(annotations)) {
      asked.addAll(Asked.among(List.of(annotation), kind));
      asked.addAll(Asked.among(carriers.getOrDefault(annotation.desc, List.of()), kind));
    }
    return asked;
  }

  /** Whether values of a type are numbers, as a gauge needs them; empty if it cannot be found. */
  Optional<Boolean> isNumber(Type type) {
    return switch (type.getSort()) {
      case Type.BYTE, Type.SHORT, Type.INT, Type.LONG, Type.FLOAT, Type.DOUBLE -> Optional.of(true);
      case Type.OBJECT -> isNumber(type.getInternalName());
      default -> Optional.of(false);
    };
  }

  private Optional<Boolean> isNumber(String type) {
    String ancestor = type;
    // No class has so many ancestors: files that contradict one another may make a circle.
    for (int i = 0; i < 1000; i++) {
      if (ancestor.equals("java/lang/Number")) return Optional.of(true);
      if (ancestor.equals("java/lang/Object")) return Optional.of(false);
      ancestor = superclasses.computeIfAbsent(ancestor, Types::superclassOfJdk);
      if (ancestor == null) return Optional.empty();
    }
    return Optional.empty();
  }

  private static String superclassOfJdk(String type) {
    ClassLoader jdk = ClassLoader.getPlatformClassLoader();
    try (InputStream in = jdk.getResourceAsStream(type + ".class")) {
      return in == null ? null : new ClassReader(in).getSuperName();
    } catch (IOException | IllegalArgumentException e) {
      return null; // Then it is not known, as with any other class that cannot be found.
    }
  }
}
