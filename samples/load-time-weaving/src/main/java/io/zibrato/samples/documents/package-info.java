/**
 * An application of Gson, measured at load time by {@code weave.properties} alone.
 *
 * <p>What belongs here: code that knows nothing of what measures it. What does not: any import of
 * Zibrato.
 */
package io.zibrato.samples.documents;
