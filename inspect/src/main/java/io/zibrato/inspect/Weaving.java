package io.zibrato.inspect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What the weaver did to the methods of a class.
 *
 * <p>A woven method refers to our aspects itself, or in the bodies that the weaver moved out of it:
 * {@code name_aroundBody0} and {@code name_aroundBody1$advice}, which it calls, or which a class of
 * the weaver's, {@code Type$AjcClosure1}, calls for it where advice is not inlined.
 */
final class Weaving {
  private static final Pattern BODY = Pattern.compile(".+_aroundBody\\d+(\\$advice)?");
  private static final Pattern CLOSURE = Pattern.compile(".+\\$AjcClosure(\\d+)");

  private final ClassNode type;

  Weaving(ClassNode type) {
    this.type = type;
  }

  /** Whether the weaver changed the class at all: it says so in an attribute. */
  boolean any() {
    return type.attrs != null
        && type.attrs.stream().anyMatch(a -> a.type.equals("org.aspectj.weaver.WeaverState"));
  }

  /** Whether a method is one that the weaver added. */
  static boolean isAdded(MethodNode method) {
    return method.name.startsWith("ajc$") || BODY.matcher(method.name).matches();
  }

  /** The annotations that a method is woven for. */
  Set<Kind> of(MethodNode method) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (MethodNode body : bodies(method)) {
      for (AbstractInsnNode instruction : body.instructions) {
        if (instruction instanceof FieldInsnNode field) {
          Kind.wovenBy(field.owner).ifPresent(kinds::add);
        } else if (instruction instanceof MethodInsnNode call) {
          Kind.wovenBy(call.owner).ifPresent(kinds::add);
        }
      }
    }
    return kinds;
  }

  /** Whether a method can return: where it only throws, there is no number to be woven to. */
  boolean returns(MethodNode method) {
    return bodies(method).stream().allMatch(Weaving::hasReturn);
  }

  private static boolean hasReturn(MethodNode body) {
    for (AbstractInsnNode instruction : body.instructions) {
      int code = instruction.getOpcode();
      if (code >= Opcodes.IRETURN && code <= Opcodes.RETURN) return true;
    }
    return false;
  }

  /** The method, and what the weaver moved out of it. */
  private Set<MethodNode> bodies(MethodNode method) {
    Set<MethodNode> bodies = new HashSet<>();
    Deque<MethodNode> open = new ArrayDeque<>(List.of(method));
    while (!open.isEmpty()) {
      MethodNode body = open.remove();
      if (!bodies.add(body)) continue;
      for (AbstractInsnNode instruction : body.instructions) {
        if (instruction instanceof MethodInsnNode call) {
          addCalled(call, open);
        } else if (instruction.getOpcode() == Opcodes.NEW) {
          addCalledBy(((TypeInsnNode) instruction).desc, open);
        }
      }
    }
    return bodies;
  }

  private void addCalled(MethodInsnNode call, Deque<MethodNode> open) {
    if (!call.owner.equals(type.name) || !BODY.matcher(call.name).matches()) return;
    for (MethodNode method : type.methods) {
      if (method.name.equals(call.name) && method.desc.equals(call.desc)) open.add(method);
    }
  }

  /** Closure n calls body n - 1: the weaver numbers both from one count. */
  private void addCalledBy(String closure, Deque<MethodNode> open) {
    Matcher matcher = CLOSURE.matcher(closure);
    if (!matcher.matches() || !closure.startsWith(type.name)) return;
    String end = "_aroundBody" + (Long.parseLong(matcher.group(1)) - 1);
    for (MethodNode method : type.methods) {
      if (method.name.endsWith(end)) open.add(method);
    }
  }
}
