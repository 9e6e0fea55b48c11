/**
 * Load-time weaving: {@code -javaagent:zibrato-agent.jar}.
 *
 * <p>AspectJ's own load-time weaver does the work; what is here decides which classes it sees,
 * tells it of our aspects and of the patterns of a configuration file, and counts what it did. It
 * prints to standard error, because to log from within class loading could start the application's
 * logging too early.
 *
 * <p>What belongs here: whatever needs the weaver. It is in the agent's jar only to be used from
 * there.
 */
package io.zibrato.agent;
