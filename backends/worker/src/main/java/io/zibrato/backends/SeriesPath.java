package io.zibrato.backends;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What series are called where one path of words with dots between is all there is, as in StatsD
 * and Graphite. No two series have the same path, and which one a series has depends on nothing but
 * the series.
 *
 * <p>A template such as {@code {source}.{name}} says where the source and the name go. The source
 * is one word: dots in it become two underscores, and an empty one a dash. Tags follow, in the
 * order of their keys, after a word that is one underscore: {@code web1.orders._.shop.main}. What
 * does not come out so that it could be read back, such as other characters than {@code
 * A-Za-z0-9_-}, is brought to that alphabet, and 16 hexadecimal digits made from the whole series
 * follow after an underscore; a path that would look as if it had such digits gets them too.
 *
 * <p>Any thread.
 */
public final class SeriesPath {
  private static final String SOURCE = "{source}";
  private static final String NAME = "{name}";
  private static final String EMPTY = "-";
  private static final String TAGS_FOLLOW = "_";
  private static final int MAX_WORD = 100;
  private static final int HASH_BYTES = 8;
  private static final int SUFFIX = 1 + 2 * HASH_BYTES;

  private static final Pattern TEMPLATE_WORD = Pattern.compile("[A-Za-z0-9_-]*[A-Za-z0-9-]");
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9_-]+");
  // What two underscores for a dot would make ambiguous.
  private static final Pattern UNDERSCORES = Pattern.compile("__|_\\.|\\._");
  private static final Pattern AS_IF_HASHED = Pattern.compile(".*_[0-9a-f]{16}");

  private final String[] words;
  private final String prefix;
  private final int maxLength;
  private final boolean tags;
  private final Set<String> reserved;

  /**
   * @param prefix goes first, with a dot; empty for none
   * @param template as {@link #isTemplate} has it
   * @param maxLength of a path, 100 or more
   * @param tags whether tags become part of the path; where not, the caller keeps series apart that
   *     differ in tags alone
   * @param reserved words that the caller appends, so that none of ours ends in them
   */
  public SeriesPath(
      String prefix, String template, int maxLength, boolean tags, Set<String> reserved) {
    if (!prefix.isEmpty() && !isPrefix(prefix)) {
      throw new IllegalArgumentException("no prefix: " + prefix);
    }
    if (!isTemplate(template)) throw new IllegalArgumentException("no template: " + template);
    if (maxLength < 100) throw new IllegalArgumentException("maxLength < 100: " + maxLength);
    this.prefix = prefix.isEmpty() ? "" : prefix + '.';
    this.words = template.split("\\.");
    this.maxLength = maxLength;
    this.tags = tags;
    this.reserved = Set.copyOf(reserved);
  }

  /** Whether it is words with dots between, of which one is the source's and one the name's. */
  public static boolean isTemplate(String text) {
    int sources = 0;
    int names = 0;
    for (String word : text.split("\\.", -1)) {
      if (word.equals(SOURCE)) sources++;
      else if (word.equals(NAME)) names++;
      else if (!TEMPLATE_WORD.matcher(word).matches()) return false;
    }
    return sources == 1 && names == 1;
  }

  /** Whether it is at most 50 characters of words with dots between. */
  public static boolean isPrefix(String text) {
    return text.length() <= 50 && PREFIX.matcher(text).matches();
  }

  /** The path of a series. */
  public String of(SeriesKey key) {
    String plain = plain(key);
    if (plain != null) return plain;
    String cleaned = path(cleanName(key.name()), clean(key.source()), cleanTags(key));
    int most = maxLength - SUFFIX;
    return (cleaned.length() > most ? cleaned.substring(0, most) : cleaned) + '_' + hash(key);
  }

  /** Null where it could not be read back. */
  private String plain(SeriesKey key) {
    String source = word(key.source());
    if (source == null || !isPlainName(key.name())) return null;
    StringBuilder tagWords = new StringBuilder();
    if (tags && !key.tags().isEmpty()) {
      tagWords.append('.').append(TAGS_FOLLOW);
      for (Map.Entry<String, String> tag : new TreeMap<>(key.tags()).entrySet()) {
        String name = word(tag.getKey());
        String value = word(tag.getValue());
        if (name == null || value == null) return null;
        tagWords.append('.').append(name).append('.').append(value);
      }
    }
    String path = path(key.name(), source, tagWords.toString());
    boolean unlike = path.length() <= maxLength && !AS_IF_HASHED.matcher(path).matches();
    return unlike && !reserved.contains(path.substring(path.lastIndexOf('.') + 1)) ? path : null;
  }

  private String path(String name, String source, String tagWords) {
    StringBuilder path = new StringBuilder(prefix);
    for (String word : words) {
      path.append(word.equals(NAME) ? name : word.equals(SOURCE) ? source : word).append('.');
    }
    path.setLength(path.length() - 1);
    return path.append(tagWords).toString();
  }

  private static boolean isPlainName(String name) {
    if (!PLAIN.matcher(name).matches()) return false;
    for (String word : name.split("\\.", -1)) {
      if (word.isEmpty() || word.equals(TAGS_FOLLOW) || word.length() > MAX_WORD) return false;
    }
    return true;
  }

  /** The text as one word; null where that could not be read back. */
  private static String word(String text) {
    if (text.isEmpty()) return EMPTY;
    boolean ambiguous =
        text.equals(EMPTY)
            || text.equals(TAGS_FOLLOW)
            || text.length() > MAX_WORD
            || !PLAIN.matcher(text).matches()
            || UNDERSCORES.matcher(text).find();
    return ambiguous ? null : text.replace(".", "__");
  }

  private String cleanTags(SeriesKey key) {
    if (!tags || key.tags().isEmpty()) return "";
    StringBuilder all = new StringBuilder(".").append(TAGS_FOLLOW);
    new TreeMap<>(key.tags())
        .forEach(
            (name, value) -> all.append('.').append(clean(name)).append('.').append(clean(value)));
    return all.toString();
  }

  private static String cleanName(String name) {
    StringBuilder all = new StringBuilder();
    for (String word : name.split("\\.")) {
      if (!word.isEmpty()) all.append(all.length() > 0 ? "." : "").append(clean(word));
    }
    return all.length() > 0 ? all.toString() : EMPTY;
  }

  private static String clean(String text) {
    String word = word(text);
    if (word != null) return word;
    String clean = OTHER.matcher(text).replaceAll("_");
    return clean.substring(0, Math.min(clean.length(), MAX_WORD));
  }

  /** 16 hexadecimal digits made from all that tells the series from others. */
  public static String hash(SeriesKey key) {
    StringBuilder all = new StringBuilder();
    append(all, key.name());
    append(all, key.source());
    new TreeMap<>(key.tags())
        .forEach(
            (name, value) -> {
              append(all, name);
              append(all, value);
            });
    try {
      // Char by char: an encoder would make all unpaired surrogates the same.
      ByteBuffer bytes = ByteBuffer.allocate(2 * all.length());
      for (int i = 0; i < all.length(); i++) bytes.putChar(all.charAt(i));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** With its length, so that no two lists of texts come to the same. */
  private static void append(StringBuilder all, String text) {
    all.append(text.length()).append(' ').append(text);
  }
}
