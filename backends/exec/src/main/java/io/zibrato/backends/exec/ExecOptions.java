package io.zibrato.backends.exec;

import java.time.Duration;

/**
 * What the backend is told.
 *
 * @param command for {@code /bin/sh -c}
 * @param acknowledged the program answers each line; otherwise a line counts as taken once it is in
 *     the program's pipe
 * @param batchSize the most measurements in one line
 * @param timeout how long the program may take to read a line, and to answer it
 * @param stopTimeout how long it may go on once its input has ended
 */
record ExecOptions(
    String command, boolean acknowledged, int batchSize, Duration timeout, Duration stopTimeout) {}
