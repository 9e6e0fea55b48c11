package io.zibrato.backends.graphite;

/** The contract in the pickle protocol. */
class GraphitePickleTest extends GraphiteBackendTest {
  @Override
  boolean pickle() {
    return true;
  }
}
