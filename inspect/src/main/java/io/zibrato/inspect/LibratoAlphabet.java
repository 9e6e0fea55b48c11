package io.zibrato.inspect;

import java.util.Map;
import java.util.Optional;

/**
 * What the Librato worker will have to change, as its {@code LibratoNames} does: characters but
 * {@code A-Za-z0-9.:-_} become a dash, and of tags, which join the source, and names no more than
 * 255 characters stay.
 */
final class LibratoAlphabet {
  private static final int MAX_LENGTH = 255;

  private LibratoAlphabet() {}

  /** A complaint, if there is one. */
  static Optional<String> name(String name) {
    return changed("name", name);
  }

  /** A complaint, if there is one. */
  static Optional<String> source(String source, Map<String, String> tags) {
    StringBuilder all = new StringBuilder(source);
    tags.forEach(
        (key, value) -> {
          if (all.length() > 0) all.append('.');
          all.append(key).append('-').append(value);
        });
    return changed(tags.isEmpty() ? "source" : "source with its tags", all.toString());
  }

  private static Optional<String> changed(String what, String text) {
    String known = Placeholders.filledLater(text);
    String clean = known.replaceAll("[^A-Za-z0-9.:_-]+", "-");
    clean = clean.substring(0, Math.min(clean.length(), MAX_LENGTH));
    if (clean.equals(known)) return Optional.empty();
    return Optional.of(
        String.format(
            "%s \"%s\" becomes \"%s\" at Librato, which takes up to %d of A-Za-z0-9.:-_",
            what, known, clean, MAX_LENGTH));
  }
}
