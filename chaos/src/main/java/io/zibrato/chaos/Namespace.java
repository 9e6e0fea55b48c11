package io.zibrato.chaos;

import io.zibrato.processes.Tool;
import java.io.IOException;
import java.util.List;

/** A network of its own for some processes, joined to ours by one cable, which can be pulled. */
final class Namespace implements AutoCloseable {
  private final String name;
  private final String ours;
  private final String theirs;
  private final String subnet;

  private Namespace(String name) {
    this.name = name;
    this.ours = name + "a";
    this.theirs = name + "b";
    long pid = ProcessHandle.current().pid();
    this.subnet = "10." + (64 + pid / 256 % 64) + '.' + pid % 256 + '.';
  }

  /**
   * @return null where the system, or our user, has no network namespaces
   */
  static Namespace open() throws InterruptedException {
    Namespace made = new Namespace("zc" + ProcessHandle.current().pid());
    try {
      made.make();
      return made;
    } catch (IOException e) {
      made.close();
      return null;
    }
  }

  private void make() throws IOException, InterruptedException {
    Tool.run("ip", "netns", "add", name);
    Tool.run("ip", "link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name);
    Tool.run("ip", "addr", "add", host() + "/24", "dev", ours);
    Tool.run("ip", "-n", name, "addr", "add", subnet + "2/24", "dev", theirs);
    Tool.run("ip", "-n", name, "link", "set", "lo", "up");
    pull(true, false);
    pull(false, false);
  }

  /** Our address, as they see it. */
  String host() {
    return subnet + '1';
  }

  /** What goes before a command that is to run in it. */
  List<String> prefix() {
    return List.of("ip", "netns", "exec", name);
  }

  /** Pulls the cable out, or in again, at our end or at theirs. */
  void pull(boolean atOurEnd, boolean out) throws IOException, InterruptedException {
    String way = out ? "down" : "up";
    if (atOurEnd) Tool.run("ip", "link", "set", ours, way);
    else Tool.run("ip", "-n", name, "link", "set", theirs, way);
  }

  @Override
  public void close() {
    Tool.works("ip", "link", "del", ours);
    Tool.works("ip", "netns", "del", name);
  }
}
