/**
 * Reads class files, and tells which annotated methods were woven and what their series will be.
 *
 * <p>What belongs here: what can be known before the application runs. What does not: anything that
 * loads, let alone runs, a class that it looks at.
 */
package io.zibrato.inspect;
