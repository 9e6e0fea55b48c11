package io.zibrato.inspect;

import com.beust.jcommander.Parameter;
import io.zibrato.daemon.Flags;
import io.zibrato.daemon.UsageException;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line of the inspection. */
final class InspectFlags extends Flags {
  @Parameter(description = "PATH... (jars, wars, and folders of classes)")
  List<String> paths = new ArrayList<>();

  @Parameter(
      names = "--classpath",
      description =
          "Jars and folders, separated as java -classpath has them, that hold annotations and"
              + " numbers which the paths use; they are not inspected")
  String classPath = "";

  @Parameter(
      names = "--fail-on-unwoven",
      description = "Exit with 1 if anything is annotated that can be woven and is not")
  boolean failOnUnwoven;

  @Parameter(names = "--fail-on-warnings", description = "Exit with 1 if there is any warning")
  boolean failOnWarnings;

  @Parameter(names = "--json", description = "Print JSON in place of a table")
  boolean json;

  List<String> classPath() {
    return Arrays.stream(classPath.split(File.pathSeparator)).filter(p -> !p.isEmpty()).toList();
  }

  @Override
  protected void check() throws UsageException {
    if (paths.isEmpty()) throw new UsageException("no PATH is given: a jar or a folder of classes");
  }
}
