package io.zibrato.aspects;

import io.zibrato.aspects.Spec.Kind;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the annotations of a join point: its own, those its own annotations carry, and where it has
 * none of a kind, its type's.
 *
 * <p>They are known by name, not by class, because the application may have loaded its own copy of
 * them.
 */
final class Specs {
  private Specs() {}

  /** What is asked of a method or constructor. */
  static List<Spec> of(Member member) throws ReflectiveOperationException {
    List<Spec> specs = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Spec> own = new ArrayList<>();
      collect(kind, (AnnotatedElement) member, own);
      if (own.isEmpty() && typeStandsFor(member)) collect(kind, member.getDeclaringClass(), own);
      specs.addAll(own);
    }
    return specs;
  }

  /** A type's annotation means its public methods, but not the two that every enum has. */
  private static boolean typeStandsFor(Member member) {
    if (member instanceof Constructor || !Modifier.isPublic(member.getModifiers())) return false;
    Method method = (Method) member;
    boolean ofEnum =
        method.getDeclaringClass().isEnum() && Modifier.isStatic(method.getModifiers());
    boolean values = method.getName().equals("values") && method.getParameterCount() == 0;
    boolean valueOf =
        method.getName().equals("valueOf")
            && method.getParameterCount() == 1
            && method.getParameterTypes()[0] == String.class;
    return !(ofEnum && (values || valueOf));
  }

  private static void collect(Kind kind, AnnotatedElement element, List<Spec> specs)
      throws ReflectiveOperationException {
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      if (!add(kind, annotation, specs)) {
        for (Annotation carried : annotation.annotationType().getDeclaredAnnotations()) {
          add(kind, carried, specs);
        }
      }
    }
  }

  private static boolean add(Kind kind, Annotation annotation, List<Spec> specs)
      throws ReflectiveOperationException {
    String type = annotation.annotationType().getName();
    if (type.equals(kind.annotation)) {
      specs.add(spec(kind, annotation));
      return true;
    }
    if (!type.equals(kind.annotation + "$List")) return false;
    for (Object one : (Object[]) value(annotation, "value")) {
      specs.add(spec(kind, (Annotation) one));
    }
    return true;
  }

  private static Spec spec(Kind kind, Annotation annotation) throws ReflectiveOperationException {
    return new Spec(
        kind,
        (String) value(annotation, "level"),
        (String) value(annotation, "name"),
        (String) value(annotation, "source"),
        List.of((String[]) value(annotation, "tags")),
        kind == Kind.COUNT ? (long) value(annotation, "value") : 1,
        kind == Kind.COUNT ? ((Enum<?>) value(annotation, "on")).name() : "BOTH",
        kind == Kind.TIME ? (int) value(annotation, "sample") : 1);
  }

  private static Object value(Annotation annotation, String element)
      throws ReflectiveOperationException {
    return annotation.annotationType().getMethod(element).invoke(annotation);
  }
}
