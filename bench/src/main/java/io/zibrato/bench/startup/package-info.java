/**
 * What the load-time agent costs an application's start, beside AspectJ's own agent.
 *
 * <p>{@link io.zibrato.bench.startup.StartupMain} generates an application, {@link
 * io.zibrato.bench.startup.Variant} says how it is run. Nothing here is loaded by the application
 * that is measured, but for {@link io.zibrato.bench.startup.IdleAgent}, which shows the floor.
 */
package io.zibrato.bench.startup;
