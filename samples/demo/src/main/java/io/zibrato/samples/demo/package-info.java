/**
 * The demo: every process of ours and two measured applications, started from their own jars, and a
 * comparison of what the applications counted themselves with what the store holds.
 *
 * <p>What belongs here: starting, driving and stopping processes, and what a user sees of it. What
 * does not: the applications, which are samples of their own, and any class of ours but these: the
 * demo sees the store as every client does.
 */
package io.zibrato.samples.demo;
