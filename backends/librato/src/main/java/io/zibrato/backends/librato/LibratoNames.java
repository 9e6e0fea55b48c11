package io.zibrato.backends.librato;

import io.zibrato.backends.SeriesKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What our series are called at Librato.
 *
 * <p>Librato knows a name and a source, of at most 255 characters out of {@code A-Za-z0-9.:-_}, and
 * does not tell upper from lower case in names. Every run of other characters becomes one {@code
 * -}, an empty name too. There are no tags: each becomes {@code key-value}, in the order of the
 * keys, joined to the source by dots. And there is one kind of number to a name and source.
 *
 * <p>So two series may come to the same name and source. The first that does, in the life of this
 * process, has it. Another gets something appended to its name, and keeps that: {@code .counter},
 * {@code .timer} or {@code .gauge} where only the kind differs, else a dash and 12 hexadecimal
 * digits made from what it really is. No two are ever merged.
 */
final class LibratoNames {
  static final int MAX_LENGTH = 255;
  static final int MAX_REMEMBERED = 200_000;
  private static final int HASH_BYTES = 6;

  /** A series as Librato knows it; an empty source is none. */
  record Name(String name, String source) {
    private Name folded() {
      return new Name(name.toLowerCase(Locale.ROOT), source);
    }
  }

  /** A series as we know it: what is measured of it, and its key. */
  private record Original(String kind, SeriesKey key) {}

  private final String prefix;
  private final int maxRemembered;
  private final Map<Original, Name> names = new HashMap<>();
  private final Map<Name, Original> owners = new HashMap<>();

  LibratoNames(String prefix) {
    this(prefix, MAX_REMEMBERED);
  }

  LibratoNames(String prefix, int maxRemembered) {
    this.prefix = prefix.isEmpty() ? "" : prefix + '.';
    this.maxRemembered = maxRemembered;
  }

  static boolean isName(String text) {
    return text.matches("[A-Za-z0-9.:_-]{1,255}");
  }

  /**
   * The name of a series.
   *
   * @param kind tells series of one key apart, such as a counter and a timer of the same name; may
   *     be part of a name
   * @param suffix goes after the name
   */
  Name of(String kind, SeriesKey key, String suffix) {
    Original original = new Original(kind, key);
    Name known = names.get(original);
    if (known != null) return known;
    Name plain = new Name(cut(prefix + nameOf(key), suffix), cut(source(key), ""));
    // Once the names are too many to remember, a new series is always told apart by its hash.
    if (names.size() >= maxRemembered) return told(plain, original, suffix);
    Name name = claim(plain, original, suffix);
    names.put(original, name);
    return name;
  }

  private Name claim(Name plain, Original original, String suffix) {
    Original owner = owners.putIfAbsent(plain.folded(), original);
    if (owner == null) return plain;
    if (owner.key().equals(original.key())) {
      String byKind = cut(prefix + nameOf(original.key()), '.' + original.kind() + suffix);
      Name name = new Name(byKind, plain.source());
      if (owners.putIfAbsent(name.folded(), original) == null) return name;
    }
    return told(plain, original, suffix);
  }

  private Name told(Name plain, Original original, String suffix) {
    String name = cut(prefix + nameOf(original.key()), '-' + hash(original) + suffix);
    return new Name(name, plain.source());
  }

  private static String nameOf(SeriesKey key) {
    return key.name().isEmpty() ? "-" : key.name();
  }

  private static String source(SeriesKey key) {
    StringBuilder source = new StringBuilder(key.source());
    new TreeMap<>(key.tags())
        .forEach(
            (tag, value) -> {
              if (source.length() > 0) source.append('.');
              source.append(tag).append('-').append(value);
            });
    return source.toString();
  }

  private static String cut(String text, String suffix) {
    String clean = text.replaceAll("[^A-Za-z0-9.:_-]+", "-");
    return clean.substring(0, Math.min(clean.length(), MAX_LENGTH - suffix.length())) + suffix;
  }

  private static String hash(Original original) {
    SeriesKey key = original.key();
    StringBuilder all = new StringBuilder();
    append(all, original.kind());
    append(all, key.name());
    append(all, key.source());
    new TreeMap<>(key.tags())
        .forEach(
            (tag, value) -> {
              append(all, tag);
              append(all, value);
            });
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(all));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Char by char: an encoder would make all unpaired surrogates the same. */
  private static byte[] bytes(CharSequence text) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * text.length());
    for (int i = 0; i < text.length(); i++) bytes.putChar(text.charAt(i));
    return bytes.array();
  }

  /** With its length, so that no two lists of texts come to the same. */
  private static void append(StringBuilder all, String text) {
    all.append(text.length()).append(' ').append(text);
  }
}
