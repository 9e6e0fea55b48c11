package io.zibrato.backends.graphite;

import java.math.BigDecimal;

/**
 * One value of one path.
 *
 * @param second since 1970
 */
record Point(String path, BigDecimal value, long second) {}
