package io.zibrato.broker;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Command;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;
import io.zibrato.transport.CurveKeys;
import io.zibrato.transport.KeyFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * {@code zibrato-broker keygen DIR}: makes the keys of a broker and of its clients.
 *
 * <pre>
 *   DIR/broker/broker.key_secret        the broker's own; this folder is what --curve-keys wants
 *   DIR/broker/broker.key
 *   DIR/broker/clients/NAME.key         the clients that it admits
 *   DIR/NAME/client.key_secret          a client's own; this folder goes to its machine
 *   DIR/NAME/broker.key                 whom it trusts
 * </pre>
 *
 * <p>No file that is there already is ever changed, and what was made is removed again if not all
 * of it can be.
 */
final class Keygen {
  static final class KeygenFlags extends Flags {
    @Parameter(description = "DIR (where to make the keys)")
    List<String> folders = new ArrayList<>();

    @Parameter(
        names = "--client",
        description =
            "Add a client of this name for the broker whose keys are in DIR already. Without it,"
                + " the broker's keys are made, and those of a first client named client")
    String client;

    @Override
    protected void check() throws UsageException {
      if (folders.size() != 1) throw new UsageException("give one DIR to make the keys in");
      if (client == null) return;
      if (!client.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}") || client.equals(CurveKeys.BROKER)) {
        throw new UsageException(
            "--client: not a name of letters, digits, and . _ - that a client may have: \""
                + client
                + '"');
      }
    }
  }

  private static final String PRIVATE = "rwx------";

  private final Path dir;
  private final Path broker;
  private final Deque<Path> made = new ArrayDeque<>();

  private Keygen(Path dir) {
    this.dir = dir;
    this.broker = dir.resolve(CurveKeys.BROKER);
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return Command.ofTask(
            "zibrato-broker keygen",
            new KeygenFlags(),
            (flags, to, asked) -> {
              make(flags, to);
              return Command.STOPPED;
            })
        .run(args, out, err);
  }

  private static void make(KeygenFlags flags, PrintStream out) throws IOException {
    Keygen keygen;
    try {
      keygen = new Keygen(Path.of(flags.folders.get(0)));
    } catch (InvalidPathException e) {
      throw new IOException("no folder's name: \"" + flags.folders.get(0) + '"', e);
    }
    try {
      if (flags.client == null) keygen.makeBroker();
      else keygen.makeClient(flags.client);
    } catch (IOException e) {
      keygen.removeMade();
      throw e;
    }
    keygen.tell(out, flags.client == null ? CurveKeys.CLIENT : flags.client);
  }

  private void makeBroker() throws IOException {
    if (Files.exists(broker)) {
      throw new IOException(
          "there are keys in " + broker + " already, which stay as they are; --client adds one");
    }
    if (!Files.isDirectory(dir)) makeFolder(dir);
    makeFolder(broker);
    makeFolder(broker.resolve(AllowList.FOLDER));
    KeyFile keys = KeyFile.generate();
    keys.saveSecret(made(broker.resolve(CurveKeys.BROKER + KeyFile.SECRET_SUFFIX)));
    keys.savePublic(made(broker.resolve(CurveKeys.BROKER + KeyFile.PUBLIC_SUFFIX)));
    makeClient(CurveKeys.CLIENT);
  }

  private void makeClient(String name) throws IOException {
    KeyFile brokers = KeyFile.readPublic(broker.resolve(CurveKeys.BROKER + KeyFile.PUBLIC_SUFFIX));
    Path client = dir.resolve(name);
    makeFolder(client);
    KeyFile keys = KeyFile.generate();
    keys.saveSecret(made(client.resolve(CurveKeys.CLIENT + KeyFile.SECRET_SUFFIX)));
    brokers.savePublic(made(client.resolve(CurveKeys.BROKER + KeyFile.PUBLIC_SUFFIX)));
    // Last, so that the broker admits nobody whose keys are not all there.
    Path allowed = broker.resolve(AllowList.FOLDER).resolve(name + KeyFile.PUBLIC_SUFFIX);
    keys.savePublic(made(allowed));
  }

  private void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(
          folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
      made.push(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(folder + " is there already; it stays as it is", e);
    } catch (UnsupportedOperationException e) {
      throw new IOException("a file system without permissions is no place for " + folder, e);
    } catch (IOException e) {
      throw new IOException("cannot make folder " + folder + ": " + e, e);
    }
  }

  /** Of a file that is there before us nothing is noted: it must not be removed. */
  private Path made(Path file) {
    if (!Files.exists(file)) made.push(file);
    return file;
  }

  private void removeMade() throws IOException {
    for (Path each : made) Files.deleteIfExists(each);
  }

  private void tell(PrintStream out, String client) {
    out.println("made " + dir.resolve(client) + "  keys of a client, to go to its machine");
    out.println("     " + broker + "  keys of the broker, and whom it admits, for --curve-keys");
    out.flush();
  }
}
