package io.zibrato.agent;

import aj.org.objectweb.asm.AnnotationVisitor;
import aj.org.objectweb.asm.ClassReader;
import aj.org.objectweb.asm.ClassVisitor;
import aj.org.objectweb.asm.MethodVisitor;
import aj.org.objectweb.asm.Opcodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells from a class's bytes whether it carries an annotation of ours, itself or through an
 * annotation of the user's.
 */
final class Candidates {
  private static final String OURS = "Lio/zibrato/annotations/";
  private static final byte[] ANNOTATED =
      "RuntimeVisibleAnnotations".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OURS_BYTES = OURS.getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_KNOWN = 10_000;

  /** Annotation types, by descriptor: whether they carry one of ours. */
  private final Map<String, Boolean> carriers = new ConcurrentHashMap<>();

  /** Whether the weaver has to see the class. */
  boolean concern(ClassLoader loader, byte[] bytes) {
    if (indexOf(bytes, OURS_BYTES) >= 0) return true;
    if (indexOf(bytes, ANNOTATED) < 0) return false;
    for (String descriptor : annotations(bytes)) {
      if (carries(loader, descriptor)) return true;
    }
    return false;
  }

  private boolean carries(ClassLoader loader, String descriptor) {
    if (descriptor.startsWith("Ljava/") || descriptor.startsWith("Lkotlin/")) return false;
    Boolean known = carriers.get(descriptor);
    if (known != null) return known;
    boolean carries = false;
    String resource = descriptor.substring(1, descriptor.length() - 1) + ".class";
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in != null) carries = indexOf(in.readAllBytes(), OURS_BYTES) >= 0;
    } catch (IOException e) {
      return false; // An annotation that cannot be read now may be later.
    }
    if (carriers.size() < MAX_KNOWN) carriers.put(descriptor, carries);
    return carries;
  }

  /** The annotations of a class and its methods, as descriptors. */
  private static Set<String> annotations(byte[] bytes) {
    Set<String> found = new HashSet<>();
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            found.add(descriptor);
            return null;
          }

          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                found.add(descriptor);
                return null;
              }
            };
          }
        };
    new ClassReader(bytes)
        .accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found;
  }

  private static int indexOf(byte[] bytes, byte[] sought) {
    byte first = sought[0];
    for (int i = 0; i <= bytes.length - sought.length; i++) {
      if (bytes[i] != first) continue;
      int n = 1;
      while (n < sought.length && bytes[i + n] == sought[n]) n++;
      if (n == sought.length) return i;
    }
    return -1;
  }
}
