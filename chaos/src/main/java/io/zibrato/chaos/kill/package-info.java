/** Ends a worker from within, woven into it at load time. */
package io.zibrato.chaos.kill;
