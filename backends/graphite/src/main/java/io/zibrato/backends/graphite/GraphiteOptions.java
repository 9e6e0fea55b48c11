package io.zibrato.backends.graphite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the backend is told.
 *
 * @param state the folder of the worker's state
 * @param pickle whether in the pickle protocol, and not in plain text
 * @param prefix before every path, with a dot between; empty for none
 * @param template of paths
 * @param tags whether series have Graphite's tags, or tags in their path
 * @param resolutionSeconds the finest step that values are kept for
 * @param percentiles the percentiles of each timer that are sent, as the user wrote them
 * @param resend how long what was delivered is held, in case that carbon ends before it is on disk
 * @param timeout how long carbon may take to accept and to read on
 */
record GraphiteOptions(
    Path state,
    String host,
    int port,
    boolean pickle,
    String prefix,
    String template,
    boolean tags,
    int resolutionSeconds,
    List<String> percentiles,
    Duration resend,
    Duration timeout) {}
