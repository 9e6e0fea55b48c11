package io.zibrato.backends.console;

import io.zibrato.backends.LiveBackend;
import io.zibrato.backends.Snapshot;
import io.zibrato.daemon.Command;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogManager;

/** Shows each snapshot, and is done with it. */
final class ConsoleBackend extends LiveBackend {
  private final View view;

  ConsoleBackend(View view) {
    this.view = view;
  }

  /** The table, if standard output is a terminal and no JSON is asked for. */
  static ConsoleBackend create(ConsoleFlags flags, PrintStream out, Command.Stop stop) {
    if (flags.json() || !Terminal.isOutput()) {
      LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
      Consumer<String> announce = line -> flags.announce("zibrato-console", line, System.err);
      return new ConsoleBackend(new Lines(out, announce, stop, flags.json()));
    }
    Screen screen =
        new Screen(out, stop, flags.order(), flags.window(), Terminal::size, System::nanoTime);
    screen.start(flags.pace());
    return new ConsoleBackend(screen);
  }

  @Override
  public void connect() {}

  @Override
  protected void connected(String endpoint) {
    view.connected(endpoint);
  }

  @Override
  protected void health(String address) {
    view.health(address);
  }

  @Override
  public void flush(Snapshot snapshot) {
    if (!snapshot.isEmpty()) view.show(snapshot);
  }

  @Override
  public void close() {
    view.close();
  }
}
