package io.zibrato.backends.graphite;

/** The contract in plain text, with Graphite's tags. */
class GraphiteTagsTest extends GraphiteBackendTest {
  @Override
  boolean tags() {
    return true;
  }
}
