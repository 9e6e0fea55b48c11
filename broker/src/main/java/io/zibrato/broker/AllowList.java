package io.zibrato.broker;

import io.zibrato.transport.KeyFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The clients that a broker admits: each public key in a folder. One thread.
 *
 * <p>Fails closed: a folder that is missing, cannot be read, or in which anybody may write, admits
 * nobody; a file that is none of a key is left out. Each trouble is said once.
 */
final class AllowList {
  /** Below the folder of the broker's keys. */
  static final String FOLDER = "clients";

  private static final System.Logger LOG = System.getLogger(Broker.class.getName());

  /** A file changed so recently may change again within one tick of its clock. */
  private static final long SETTLED_MILLIS = 1_000;

  private record Stamp(long modifiedMillis, long bytes, Object id) {}

  private record Entry(Stamp stamp, boolean settled, Optional<String> key) {}

  private final Path folder;
  Map<Path, Entry> files = new TreeMap<>();
  private final Map<Path, String> keysByFile = new HashMap<>(); // the last that could be read
  private Map<String, String> names = Map.of();
  private final Set<String> said = new HashSet<>();

  /**
   * @param folder that of the broker's keys
   */
  AllowList(Path folder) {
    this.folder = folder.resolve(FOLDER);
  }

  /** The client's name, if its key is in the list as it was last read. */
  Optional<String> nameOf(String publicKey) {
    return Optional.ofNullable(names.get(publicKey));
  }

  /** How many clients are in the list. */
  int size() {
    return names.size();
  }

  /**
   * Reads what changed.
   *
   * @return the keys that were taken from the list: their files are gone, or hold others now. What
   *     cannot be read is not among them, since it may be there again at once
   */
  Set<String> refresh() {
    Set<String> removed = new HashSet<>();
    Map<Path, Entry> now = read(removed);
    names = new HashMap<>();
    now.forEach((file, entry) -> put(names, file, entry));
    files = now;
    removed.removeAll(names.keySet());
    return removed;
  }

  private static void put(Map<String, String> names, Path file, Entry entry) {
    String fileName = file.getFileName().toString();
    String name = fileName.substring(0, fileName.length() - KeyFile.PUBLIC_SUFFIX.length());
    entry.key().ifPresent(key -> names.putIfAbsent(key, name));
  }

  private Map<Path, Entry> read(Set<String> removed) {
    Map<Path, Entry> read = new TreeMap<>();
    try {
      checkWritableByFew(folder.toAbsolutePath().getParent());
      checkWritableByFew(folder);
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(folder, "*" + KeyFile.PUBLIC_SUFFIX)) {
        for (Path file : found) read.put(file, read(file));
      }
    } catch (NoSuchFileException e) {
      read.clear();
    } catch (IOException | DirectoryIteratorException e) {
      say("nobody is admitted: cannot read the clients' keys in " + folder + ": " + e);
      return new TreeMap<>();
    }
    if (read.isEmpty()) say("nobody is admitted: there are no clients' keys in " + folder);
    keysByFile.forEach((file, key) -> removedFrom(read.get(file), key).ifPresent(removed::add));
    keysByFile.keySet().retainAll(read.keySet());
    read.forEach((file, entry) -> entry.key().ifPresent(key -> keysByFile.put(file, key)));
    return read;
  }

  private static Optional<String> removedFrom(Entry entry, String key) {
    boolean stays = entry != null && entry.key().orElse(key).equals(key);
    return stays ? Optional.empty() : Optional.of(key);
  }

  private Entry read(Path file) {
    Entry known = files.get(file);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      long modifiedMillis = attributes.lastModifiedTime().toMillis();
      Stamp stamp = new Stamp(modifiedMillis, attributes.size(), attributes.fileKey());
      if (known != null && known.settled() && known.stamp().equals(stamp)) return known;
      boolean settled = Math.abs(System.currentTimeMillis() - modifiedMillis) > SETTLED_MILLIS;
      return new Entry(stamp, settled, key(file));
    } catch (IOException e) {
      say("left out of the clients that are admitted: " + file + ": " + e);
      return new Entry(null, false, Optional.empty());
    }
  }

  private Optional<String> key(Path file) {
    try {
      checkWritableByFew(file);
      return Optional.of(KeyFile.readPublic(file).publicKey());
    } catch (IOException e) {
      say("left out of the clients that are admitted: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void checkWritableByFew(Path path) throws IOException {
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, PosixFileAttributes.class);
    } catch (UnsupportedOperationException e) {
      return; // a file system that has no such thing
    }
    if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException("anybody on this machine may write to " + path);
    }
  }

  private void say(String trouble) {
    if (said.size() < 1000 && said.add(trouble)) LOG.log(System.Logger.Level.WARNING, trouble);
  }
}
