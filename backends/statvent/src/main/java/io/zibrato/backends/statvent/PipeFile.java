package io.zibrato.backends.statvent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the pipes' folder, and whose it is. */
record PipeFile(Path path) {
  private static final int TYPE_MASK = 0170000;
  private static final int TYPE_FIFO = 0010000;

  private static final Path SELF = Path.of("/proc/self");

  /** {@code PID.stats}, and the hidden successors that our own processes keep. */
  private static final Pattern OF_PROCESS =
      Pattern.compile("\\.?([1-9][0-9]{0,17})\\.stats(\\.[0-9]+)?");

  /** What the process is called: its id, or, of a pipe that names none, the pipe's own name. */
  String process() {
    return pid().map(String::valueOf).orElse(path.getFileName().toString());
  }

  private Optional<Long> pid() {
    Matcher matcher = OF_PROCESS.matcher(path.getFileName().toString());
    return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
  }

  boolean hidden() {
    return path.getFileName().toString().startsWith(".");
  }

  boolean isPipe() {
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return (mode & TYPE_MASK) == TYPE_FIFO;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Tells one pipe from the next one of the same name; empty when there is none. */
  Optional<Object> identity() {
    try {
      return Optional.ofNullable(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Gives the pipe a second name, hidden, by which it can be opened should it lose the first; null
   * where that is not allowed, as with a pipe of another user's. What is left of such names goes as
   * what the process itself leaves.
   */
  Path otherName() {
    long number = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
    Path name = path.resolveSibling('.' + path.getFileName().toString() + '.' + number);
    try {
      return Files.createLink(name, path);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /**
   * Whether it is left by a process that is not there any more, and ours to remove: named by an id
   * that no process has, in a folder of this user's, and this user's itself.
   */
  boolean isLeft() {
    return pid().isPresent()
        && ProcessHandle.of(pid().get()).isEmpty()
        && isOwn(path)
        && isOwn(path.toAbsolutePath().getParent());
  }

  /** By number, since a user need not have a name; macOS has no such folder of the process's. */
  private static boolean isOwn(Path file) {
    try {
      if (Files.exists(SELF)) {
        Object user = Files.getAttribute(SELF, "unix:uid");
        return user.equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
      }
      String owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
      return owner.equals(System.getProperty("user.name"));
    } catch (IOException e) {
      return false;
    }
  }
}
