/**
 * Our processes as the children of another one: the demo's, and those that are hurt on purpose.
 * Part of no jar that users run.
 */
package io.zibrato.processes;
