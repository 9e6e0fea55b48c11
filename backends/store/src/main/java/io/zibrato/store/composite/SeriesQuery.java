package io.zibrato.store.composite;

import java.util.Map;

/**
 * Which series are asked for.
 *
 * @param metric a name, in whatever case, with {@code *} for any characters
 * @param tagPatterns what a tag must be, by its name, with {@code *} for any characters; empty for
 *     all series. One without the tag {@code source} has the source {@code unassigned}
 * @param function how what was measured in one period becomes one value: {@code mean}, {@code sum},
 *     {@code min}, {@code max} or {@code count}; null for what suits the metric
 * @param periodSeconds null for the metric's own period; never less than the resolution
 */
public record SeriesQuery(
    String metric,
    Map<String, String> tagPatterns,
    String function,
    Long periodSeconds,
    Window window) {}
