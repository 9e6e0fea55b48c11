package io.zibrato.store.composite;

import java.util.Map;

/**
 * What a call of {@code series()} takes, as it was written; a {@code &} of {@code map()} is
 * replaced.
 *
 * @param source null where it says tags instead
 * @param tags empty where it says a source instead
 */
public record Selector(String metric, String source, Map<String, String> tags) {
  public Selector {
    tags = Map.copyOf(tags);
  }
}
