package io.zibrato.backends;

import io.zibrato.transport.CurveKeys;
import io.zibrato.transport.SettingSources;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What all of a worker's connections encrypt with, those that it speaks of itself through too;
 * nothing if they do not encrypt.
 *
 * @param folder where the keys are
 */
record WorkerKeys(Optional<Path> folder, Optional<CurveKeys> keys) {
  private static final String SETTING = "zibrato.curve.keys: ";

  /**
   * Those of the option, or else of this process's setting {@code curve.keys}.
   *
   * @throws IOException when they cannot be used, with a message for the user
   */
  static WorkerKeys of(WorkerOptions options) throws IOException {
    if (options.curveKeys().isPresent()) return read(options.curveKeys().get());
    Optional<String> setting = SettingSources.load(Map.of()).curveKeys();
    if (setting.isEmpty()) return new WorkerKeys(Optional.empty(), Optional.empty());
    if (setting.get().isEmpty()) throw new IOException(SETTING + "is set, and names no folder");
    try {
      return read(Path.of(setting.get()));
    } catch (IOException e) {
      throw new IOException(SETTING + e.getMessage(), e);
    } catch (InvalidPathException e) {
      throw new IOException(SETTING + "no folder's name: \"" + setting.get() + '"', e);
    }
  }

  private static WorkerKeys read(Path folder) throws IOException {
    return new WorkerKeys(Optional.of(folder), Optional.of(CurveKeys.ofClient(folder)));
  }
}
