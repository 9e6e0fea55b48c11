package io.zibrato.backends.statsd;

import java.time.Duration;

/**
 * What the backend is told.
 *
 * @param tcp whether over TCP, and not by datagrams
 * @param timerType {@code ms}, {@code h} or {@code d}
 * @param timerSamples the most whole samples that one timer is sent as in an interval
 * @param mtu the bytes of a packet, unless one line alone is longer
 * @param packetsPerSecond the most
 * @param prefix before every name, with a dot between; empty for none
 * @param template of paths, where there are no tags
 * @param confirm over TCP, whether to wait until the daemon has read all of a part
 * @param timeout over TCP, how long the daemon may take to accept and to read on
 */
record StatsdOptions(
    boolean tcp,
    String host,
    int port,
    Dialect dialect,
    String timerType,
    int timerSamples,
    int mtu,
    int packetsPerSecond,
    String prefix,
    String template,
    boolean confirm,
    Duration timeout) {}
