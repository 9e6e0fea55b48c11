/** Tests of what judges; what it judges is measured by {@code ./zibrato bench}. */
package io.zibrato.bench;
