package io.zibrato.store.metrics;

import java.util.Map;

/**
 * One line of a chart. A series that was submitted with a source has the tag {@code source}; one of
 * no source has no tags.
 *
 * @param metric as its name is stored
 * @param tags in the order of their names
 * @param times whole multiples of the query's period, ascending, in epoch seconds; periods in which
 *     nothing was measured are not there
 * @param values one for each time
 */
public record Line(String metric, Map<String, String> tags, long[] times, double[] values) {}
