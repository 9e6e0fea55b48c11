package io.zibrato.backends.exec;

import io.zibrato.backends.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Python programs for {@code --command}. */
final class Programs {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private Programs() {}

  /** The program that the module's page shows. */
  static String page(String... arguments) throws IOException {
    List<String> page = Files.readAllLines(Path.of("README.md"));
    int from = page.indexOf("```python") + 1;
    int to = from + page.subList(from, page.size()).indexOf("```");
    return python(String.join("\n", page.subList(from, to)), arguments);
  }

  /** A command that runs the code. */
  static String python(String code, String... arguments) throws IOException {
    Tools.requireOrSkip(Files.isExecutable(PYTHON), "/usr/bin/python3");
    Path file = Files.createTempFile("zibrato-exec", ".py");
    file.toFile().deleteOnExit();
    Files.writeString(file, code + '\n');
    return "exec " + PYTHON + " -u " + file + ' ' + String.join(" ", arguments);
  }

  /** One that appends each line to a file, and answers as {@code answer}, a Python expression. */
  static String appending(Path file, String answer) throws IOException {
    return python(
        String.join(
            "\n",
            "import json, os, sys",
            "n = 0",
            "with open(sys.argv[1], 'a') as out:",
            "    for line in sys.stdin:",
            "        n += 1",
            "        json.loads(line)",
            "        out.write(line)",
            "        out.flush()",
            "        answer = " + answer,
            "        if answer is not None: print(answer, flush=True)"),
        file.toString());
  }
}
