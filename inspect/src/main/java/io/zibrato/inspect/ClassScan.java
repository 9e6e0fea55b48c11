package io.zibrato.inspect;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the sites of one class, and what is strange about where their annotations stand. */
final class ClassScan {
  private static final String CONTINUATION = "kotlin.coroutines.Continuation";

  private final Types types;
  private final String origin;
  private final ClassNode type;
  private final String typeName;
  private final Weaving weaving;
  private final List<Site> sites;
  private final List<Warning> warnings;

  private ClassScan(
      Types types, String origin, ClassNode type, List<Site> sites, List<Warning> warnings) {
    this.types = types;
    this.origin = origin;
    this.type = type;
    this.typeName = type.name.replace('/', '.');
    this.weaving = new Weaving(type);
    this.sites = sites;
    this.warnings = warnings;
  }

  /** Adds what is found to the lists. */
  static void scan(ClassFile file, Types types, List<Site> sites, List<Warning> warnings) {
    ClassNode outline = file.outline();
    if (ClassFile.isAnnotation(outline)) {
      if (Types.carriesOurs(outline) && !Types.isRetained(outline)) {
        String name = outline.name.replace('/', '.');
        String message = "is not retained at run time, so what it carries means nothing";
        warnings.add(new Warning(Concern.NOT_RETAINED, name, message));
      }
    } else if (isAnnotated(outline, types)) {
      new ClassScan(types, file.origin(), file.whole(), sites, warnings).scan();
    }
  }

  private static boolean isAnnotated(ClassNode type, Types types) {
    for (Kind kind : Kind.values()) {
      if (!types.asked(type.visibleAnnotations, kind).isEmpty()) return true;
      for (MethodNode method : type.methods) {
        if (!types.asked(method.visibleAnnotations, kind).isEmpty()) return true;
      }
    }
    return false;
  }

  private void scan() {
    Map<Kind, List<Asked>> ofType = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      List<Asked> asked = types.asked(type.visibleAnnotations, kind);
      if (!asked.isEmpty()) ofType.put(kind, asked);
    }
    Set<Kind> idle = EnumSet.noneOf(Kind.class);
    idle.addAll(ofType.keySet());
    for (MethodNode method : type.methods) {
      if (Weaving.isAdded(method)) continue;
      Set<Kind> wovenFor = weaving.of(method);
      for (Kind kind : Kind.values()) {
        List<Asked> own = types.asked(method.visibleAnnotations, kind);
        if (!own.isEmpty()) {
          addOwn(method, kind, own, wovenFor.contains(kind));
        } else if (ofType.containsKey(kind) && isMeant(method, kind, wovenFor.contains(kind))) {
          idle.remove(kind);
          add(method, kind, ofType.get(kind), wovenFor.contains(kind));
        }
      }
    }
    for (Kind kind : idle) {
      String message = kind.annotation() + " on the type means none of its methods";
      warnings.add(new Warning(Concern.NO_METHOD, typeName, message));
    }
  }

  /** Whether an annotation of the type means this method, which has none of the kind itself. */
  private boolean isMeant(MethodNode method, Kind kind, boolean woven) {
    int needed = Opcodes.ACC_PUBLIC;
    int unwanted = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;
    if ((method.access & (needed | unwanted)) != needed) return false;
    if (method.name.startsWith("<") || isOfEveryEnum(method)) return false;
    if (kind != Kind.GAUGE || woven) return true;
    return types.isNumber(Type.getReturnType(method.desc)).orElse(false) && weaving.returns(method);
  }

  private boolean isOfEveryEnum(MethodNode method) {
    boolean ofEnum =
        (type.access & Opcodes.ACC_ENUM) != 0 && (method.access & Opcodes.ACC_STATIC) != 0;
    return ofEnum
        && ((method.name.equals("values") && method.desc.startsWith("()"))
            || (method.name.equals("valueOf") && method.desc.startsWith("(Ljava/lang/String;)")));
  }

  private void addOwn(MethodNode method, Kind kind, List<Asked> asked, boolean woven) {
    if (isCopy(method, kind)) return;
    String without = withoutCode(method);
    if (without != null) {
      String message = kind.annotation() + " is on " + without + ": it is never woven";
      addNever(method, asked, new Warning(Concern.NO_CODE, place(method), message));
    } else if (kind == Kind.GAUGE
        && !types.isNumber(Type.getReturnType(method.desc)).orElse(true)) {
      String message = kind.annotation() + " is on a method that returns no number";
      addNever(method, asked, new Warning(Concern.NO_NUMBER, place(method), message));
    } else if (kind == Kind.GAUGE && !woven && !weaving.returns(method)) {
      String message = kind.annotation() + " is on a method that never returns";
      addNever(method, asked, new Warning(Concern.NO_NUMBER, place(method), message));
    } else {
      add(method, kind, asked, woven);
    }
  }

  /** Compilers copy a method's annotations to its bridges. */
  private boolean isCopy(MethodNode method, Kind kind) {
    return is(method, Opcodes.ACC_BRIDGE)
        && type.methods.stream()
            .filter(other -> !is(other, Opcodes.ACC_BRIDGE) && other.name.equals(method.name))
            .anyMatch(other -> !types.asked(other.visibleAnnotations, kind).isEmpty());
  }

  private static String withoutCode(MethodNode method) {
    if (is(method, Opcodes.ACC_ABSTRACT)) return "an abstract method";
    if (is(method, Opcodes.ACC_NATIVE)) return "a native method";
    return is(method, Opcodes.ACC_BRIDGE) ? "a bridge to an inherited method" : null;
  }

  private void addNever(MethodNode method, List<Asked> asked, Warning warning) {
    addSites(method, asked, Woven.NEVER);
    warnings.add(warning);
  }

  private void add(MethodNode method, Kind kind, List<Asked> asked, boolean woven) {
    addSites(method, asked, woven ? Woven.YES : Woven.NO);
    if (!woven)
      warn(Concern.NOT_WOVEN, method, kind.annotation() + " is not woven: " + why(method, kind));
    if (is(method, Opcodes.ACC_SYNTHETIC)) {
      String message =
          kind.annotation()
              + " is on code that the compiler made, which may never run, as with a Kotlin"
              + " property's";
      warn(Concern.SYNTHETIC, method, message);
    }
    Type[] parameters = Type.getArgumentTypes(method.desc);
    if (parameters.length > 0
        && parameters[parameters.length - 1].getClassName().equals(CONTINUATION)) {
      String message =
          kind.annotation() + " is on a Kotlin suspend function, which returns before it is done";
      warn(Concern.SUSPEND, method, message);
    }
  }

  private String why(MethodNode method, Kind kind) {
    Type result = Type.getReturnType(method.desc);
    if (kind == Kind.GAUGE && types.isNumber(result).isEmpty()) {
      return "it may return no number, --classpath could tell: " + result.getClassName();
    }
    return weaving.any()
        ? "its class is, but not with " + kind.aspect()
        : "nothing of its class is";
  }

  private void addSites(MethodNode method, List<Asked> asked, Woven woven) {
    for (Asked one : asked) {
      sites.add(Site.of(origin, typeName, method.name, member(method), one, woven));
    }
  }

  private void warn(Concern concern, MethodNode method, String message) {
    warnings.add(new Warning(concern, place(method), message));
  }

  private String place(MethodNode method) {
    return typeName + '.' + member(method);
  }

  private static String member(MethodNode method) {
    String parameters =
        Arrays.stream(Type.getArgumentTypes(method.desc))
            .map(parameter -> simple(parameter.getClassName()))
            .collect(Collectors.joining(", ", "(", ")"));
    return (method.name.equals("<init>") ? "new" : method.name) + parameters;
  }

  private static String simple(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }

  private static boolean is(MethodNode method, int flag) {
    return (method.access & flag) != 0;
  }
}
