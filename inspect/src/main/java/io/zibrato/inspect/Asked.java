package io.zibrato.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.AnnotationNode;

/**
 * What one annotation asks for, as it is written.
 *
 * @param value what a counted call adds
 * @param on {@code RETURN}, {@code THROW} or {@code BOTH}
 * @param sample one call in so many is timed
 */
record Asked(
    Kind kind,
    String level,
    String name,
    String source,
    List<String> tags,
    long value,
    String on,
    int sample) {

  /** Those of a kind among annotations, repeated ones one by one. */
  static List<Asked> among(List<AnnotationNode> annotations, Kind kind) {
    List<Asked> asked = new ArrayList<>();
    for (AnnotationNode annotation : annotations) {
      if (annotation.desc.equals(kind.descriptor())) {
        asked.add(of(annotation, kind));
      } else if (annotation.desc.equals(kind.listDescriptor())) {
        for (Object one : list(values(annotation).get("value"))) {
          asked.add(of((AnnotationNode) one, kind));
        }
      }
    }
    return asked;
  }

  private static Asked of(AnnotationNode annotation, Kind kind) {
    Map<String, Object> values = values(annotation);
    return new Asked(
        kind,
        (String) values.getOrDefault("level", "info"),
        (String) values.getOrDefault("name", ""),
        (String) values.getOrDefault("source", ""),
        list(values.get("tags")).stream().map(String.class::cast).toList(),
        (Long) values.getOrDefault("value", 1L),
        values.get("on") instanceof String[] on ? on[1] : "BOTH",
        (Integer) values.getOrDefault("sample", 1));
  }

  /** An annotation's elements that are written; the others have their defaults. */
  static Map<String, Object> values(AnnotationNode annotation) {
    Map<String, Object> values = new HashMap<>();
    List<Object> pairs = annotation.values == null ? List.of() : annotation.values;
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      values.put((String) pairs.get(i), pairs.get(i + 1));
    }
    return values;
  }

  private static List<?> list(Object values) {
    return values instanceof List<?> list ? list : List.of();
  }
}
