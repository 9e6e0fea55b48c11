package io.zibrato.backends.statsd;

/** The contract against npm's daemon, which reads Datadog's tags too. */
class NpmTagsContractIT extends NpmContractIT {
  @Override
  Dialect dialect() {
    return Dialect.DOGSTATSD;
  }
}
