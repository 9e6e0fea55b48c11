/** Tests of {@code ./zibrato bench pipe}. */
package io.zibrato.bench.pipe;
