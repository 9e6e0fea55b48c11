package io.zibrato.backends.statsd;

/** The contract in Datadog's dialect. */
class DogstatsdBackendTest extends StatsdBackendTest {
  @Override
  Dialect dialect() {
    return Dialect.DOGSTATSD;
  }
}
