package io.zibrato.agent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the agent has to know of a class file, read in place. Every class of the application comes
 * by here, most of them to be left alone: so the constant pool is walked once, and the rest only
 * when something asks for it.
 *
 * <p>Bytes that are no class file end in an {@link IndexOutOfBoundsException} or an {@link
 * IllegalArgumentException}.
 */
final class ClassBytes {
  /*
   * A class file: magic 4, minor 2, major 2, constant pool (count 2, entries from 1), access 2, this 2, super 2,
   * interfaces (count 2, 2 each), fields, methods, attributes (count 2 each).
   * A field or method: access 2, name 2, descriptor 2, attributes. An attribute: name 2, length 4, bytes.
   */
  private static final int POOL = 8;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int MEMBER_HEAD = 6;

  /** The bytes of a constant, by its tag, but for those of text; 0 is no tag. */
  private static final byte[] SIZES = {
    0, 0, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3
  };

  private static final byte[] OURS = latin("Lio/zibrato/annotations/");
  private static final byte[] VISIBLE = latin("RuntimeVisibleAnnotations");

  private final byte[] bytes;
  private final int end; // of the constant pool
  private boolean namesOurs;
  private int visible; // the index of the attribute's name, 0 if it is not there

  ClassBytes(byte[] bytes) {
    this.bytes = bytes;
    end = constant(u2(POOL));
  }

  /**
   * Walks to a constant, or to the end of the pool, and takes note of what it passes. One loop that
   * calls nothing for most constants, and serves both purposes, so that there is little to compile.
   */
  private int constant(int index) {
    byte[] bytes = this.bytes;
    int at = POOL + 2;
    for (int n = 1; n < index; n++) {
      int tag = bytes[at];
      if (tag == UTF8) {
        int length = (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
        if (length >= OURS.length) look(n, at + 3, length);
        at += 3 + length;
      } else {
        int size = SIZES[tag];
        if (size == 0) throw new IllegalArgumentException("constant of unknown tag " + tag);
        if (tag == LONG || tag == DOUBLE) n++;
        at += size;
      }
    }
    return at;
  }

  private void look(int n, int from, int length) {
    byte first = bytes[from];
    if (first == 'L') {
      if (is(from, OURS)) namesOurs = true;
    } else if (first == 'R' && length == VISIBLE.length && is(from, VISIBLE)) {
      visible = n;
    }
  }

  private boolean is(int from, byte[] sought) {
    return Arrays.equals(bytes, from, from + sought.length, sought, 0, sought.length);
  }

  /** Whether an annotation of ours is named anywhere in it. */
  boolean namesOurs() {
    return namesOurs;
  }

  /** Whether it has any annotation that is there at run time. */
  boolean isAnnotated() {
    return visible != 0;
  }

  /** The descriptors of the run-time annotations of the class and of its methods, as they come. */
  List<String> annotations() {
    List<String> found = new ArrayList<>();
    int at = attributesOfMembers(fields(), null);
    at = attributesOfMembers(at, found);
    attributes(at, found);
    return found;
  }

  /** The names of the methods it declares, {@code <init>} among them. */
  Set<String> methods() {
    Set<String> names = new HashSet<>();
    int at = attributesOfMembers(fields(), null);
    int count = u2(at);
    at += 2;
    for (int n = 0; n < count; n++) {
      names.add(text(u2(at + 2)));
      at = attributes(at + MEMBER_HEAD, null);
    }
    return names;
  }

  private int fields() {
    int interfaces = u2(end + 6);
    return end + 8 + 2 * interfaces;
  }

  /** Walks over fields or methods; returns where they end. */
  private int attributesOfMembers(int members, List<String> found) {
    int count = u2(members);
    int at = members + 2;
    for (int n = 0; n < count; n++) at = attributes(at + MEMBER_HEAD, found);
    return at;
  }

  private int attributes(int attributes, List<String> found) {
    int count = u2(attributes);
    int at = attributes + 2;
    for (int n = 0; n < count; n++) {
      if (found != null && visible != 0 && u2(at) == visible) annotations(at + 6, found);
      at += 6 + (u2(at + 2) << 16 | u2(at + 4));
    }
    return at;
  }

  private void annotations(int annotations, List<String> found) {
    int count = u2(annotations);
    int at = annotations + 2;
    for (int n = 0; n < count; n++) {
      found.add(text(u2(at)));
      at = afterAnnotation(at);
    }
  }

  private int afterAnnotation(int annotation) {
    int pairs = u2(annotation + 2);
    int at = annotation + 4;
    for (int n = 0; n < pairs; n++) at = afterValue(at + 2);
    return at;
  }

  private int afterValue(int value) {
    switch (bytes[value]) {
      case 'e':
        return value + 5;
      case '@':
        return afterAnnotation(value + 1);
      case '[':
        int count = u2(value + 1);
        int at = value + 3;
        for (int n = 0; n < count; n++) at = afterValue(at);
        return at;
      default:
        return value + 3;
    }
  }

  private String text(int index) {
    int at = constant(index);
    // Java writes two kinds of characters otherwise than UTF-8 has them; no name sought has those.
    return new String(bytes, at + 3, u2(at + 1), StandardCharsets.UTF_8);
  }

  private int u2(int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
