package io.zibrato.inspect;

import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

/**
 * A class file.
 *
 * @param origin the jar or folder it is in; of a jar within another, both
 * @param path where it lies in that
 */
record ClassFile(String origin, String path, byte[] bytes) {
  /** Its members and annotations. */
  ClassNode outline() {
    return read(ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  /** Its code too. */
  ClassNode whole() {
    return read(ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  private ClassNode read(int options) {
    ClassNode type = new ClassNode();
    new ClassReader(bytes).accept(type, options);
    return type;
  }

  static boolean isAnnotation(ClassNode type) {
    return (type.access & Opcodes.ACC_ANNOTATION) != 0;
  }

  /** What may be null in a node. */
  static List<AnnotationNode> orNone(List<AnnotationNode> annotations) {
    return annotations == null ? List.of() : annotations;
  }
}
