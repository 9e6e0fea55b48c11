package io.zibrato.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells from a class's bytes whether the weaver has to see it: whether it carries an annotation of
 * ours, itself or through an annotation of the user's, or a configured pattern may match in it.
 *
 * <p>Annotations are followed one level, as the aspects do.
 */
final class Candidates {
  private static final int MAX_KNOWN = 10_000;

  /** What is never woven: the platform, the weaver, and what a measurement runs through itself. */
  private static final List<String> SKIPPED =
      List.of(
          "java/",
          "javax/",
          "jdk/",
          "sun/",
          "com/sun/",
          "org/aspectj/",
          "aj/org/",
          "io/zibrato/agent/",
          "io/zibrato/annotations/",
          "io/zibrato/aspects/",
          "io/zibrato/meter/",
          "io/zibrato/shaded/",
          "io/zibrato/transport/",
          "io/zibrato/weave/",
          "io/zibrato/wire/");

  private final List<PatternNeeds> patterns;

  /** Annotation types, by descriptor: whether they carry one of ours. */
  private final Map<String, Boolean> carriers = new ConcurrentHashMap<>();

  /**
   * @param patterns what each configured pattern needs of a class
   */
  Candidates(List<PatternNeeds> patterns) {
    this.patterns = patterns;
  }

  /**
   * Whether the weaver has to see the class.
   *
   * @param name with slashes
   */
  boolean concern(ClassLoader loader, String name, byte[] bytes) {
    ClassBytes read = new ClassBytes(bytes);
    if (!read.namesOurs() && !read.isAnnotated() && patterns.isEmpty()) return false;
    if (isSkipped(name)) return false;
    if (read.namesOurs()) return true;
    if (read.isAnnotated()) {
      for (String descriptor : read.annotations()) {
        if (carries(loader, descriptor)) return true;
      }
    }
    if (patterns.isEmpty()) return false;
    ClassNames names = new ClassNames(name, read.methods());
    for (PatternNeeds pattern : patterns) {
      if (pattern.mayMatch(names)) return true;
    }
    return false;
  }

  private static boolean isSkipped(String name) {
    for (String prefix : SKIPPED) {
      if (name.startsWith(prefix)) return true;
    }
    return name.contains("CGLIB$$") || name.equals("io/zibrato/Zibrato");
  }

  private boolean carries(ClassLoader loader, String descriptor) {
    if (descriptor.startsWith("Ljava/") || descriptor.startsWith("Lkotlin/")) return false;
    Boolean known = carriers.get(descriptor);
    if (known != null) return known;
    boolean carries = false;
    String resource = descriptor.substring(1, descriptor.length() - 1).concat(".class");
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in != null) carries = new ClassBytes(in.readAllBytes()).namesOurs();
    } catch (IOException e) {
      return false; // An annotation that cannot be read now may be later.
    }
    if (carriers.size() < MAX_KNOWN) carriers.put(descriptor, carries);
    return carries;
  }
}
