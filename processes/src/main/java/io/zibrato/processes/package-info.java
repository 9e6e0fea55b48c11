/**
 * Our processes as the children of another one, and what they are put into: for the demo, for what
 * measures, and for what hurts them on purpose. Part of no jar that users run.
 */
package io.zibrato.processes;
