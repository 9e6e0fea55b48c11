/**
 * The twins of those in {@code io.zibrato.bench.woven}, which the build leaves alone: the agent
 * weaves them.
 */
package io.zibrato.bench.loaded;
