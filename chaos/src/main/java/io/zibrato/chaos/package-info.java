/**
 * {@code ./zibrato chaos}: real processes under load, faults at random from a seed, and an oracle
 * that holds what the services took against what the applications counted. Never deployed.
 *
 * <p>Read {@link io.zibrato.chaos.Chaos} first. {@code load} is the applications, {@code service}
 * what workers deliver to, {@code oracle} the judge: each a process of its own; {@code kill} ends a
 * worker from within.
 */
package io.zibrato.chaos;
