package io.zibrato.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What our unit for systemd says, of one service: its specifiers are filled in. */
record Unit(List<String> lines) {
  static final Path FILE = Services.HERE.resolve("systemd").resolve("zibrato@.service");

  static Unit of(String service) throws IOException {
    return new Unit(
        Files.readAllLines(FILE).stream().map(line -> line.replace("%i", service)).toList());
  }

  /** All words of the setting, over all of its lines; none if it is not set. */
  List<String> words(String setting) {
    return lines.stream()
        .filter(line -> line.startsWith(setting + '='))
        .flatMap(line -> Stream.of(line.substring(setting.length() + 1).trim().split("\\s+")))
        .toList();
  }

  /** The folders that are made before the start. */
  List<String> made() {
    return words("StateDirectory").stream().map(name -> "/var/lib/" + name).toList();
  }

  /** The folders that {@code ProtectSystem=strict} leaves writable, where they are there. */
  List<String> writable() {
    List<String> folders = new ArrayList<>(made());
    for (String path : words("ReadWritePaths")) folders.add(path.replaceFirst("^-", ""));
    return folders;
  }

  /** Whether the processes that the main one started get its SIGTERM, too. */
  boolean asksAllToStop() {
    List<String> mode = words("KillMode");
    return mode.isEmpty() || mode.contains("control-group");
  }
}
