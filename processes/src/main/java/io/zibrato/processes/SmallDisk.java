package io.zibrato.processes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of some megabytes for a process to write to, which can be filled. */
public final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 32;
  private static final String FILLER = "filler";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one on the folder, which is made.
   *
   * @return null where we may not
   */
  public static SmallDisk mount(Path folder) throws IOException {
    Files.createDirectories(folder);
    String size = "size=" + MEGABYTES + "m";
    if (!Tool.works("mount", "-t", "tmpfs", "-o", size, "zibrato-chaos", folder.toString())) {
      return null;
    }
    return new SmallDisk(folder);
  }

  /** Takes all the room that there is. */
  public void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER))) {
      while (true) out.write(block);
    } catch (IOException e) {
      if (Files.size(folder.resolve(FILLER)) == 0) throw e;
    }
  }

  public void empty() throws IOException {
    Files.deleteIfExists(folder.resolve(FILLER));
  }

  @Override
  public void close() {
    Tool.works("umount", folder.toString());
  }
}
