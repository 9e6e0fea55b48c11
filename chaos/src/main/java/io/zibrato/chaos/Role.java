package io.zibrato.chaos;

import io.zibrato.processes.Child;
import io.zibrato.processes.Children;
import io.zibrato.processes.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;

/** A process under test, which is started again each time it was killed. One thread. */
final class Role {
  private static final long END_MILLIS = 10_000;

  /** The command of a run, from 1. */
  interface Command {
    List<String> of(int run) throws IOException;
  }

  private final Children children;
  private final Path dir;
  private final String name;
  private final String readyLine;
  private final Command command;
  private volatile Child child;
  private boolean mayFail;
  private int run;

  /**
   * @param dir where what it says is kept
   */
  Role(Children children, Path dir, String name, String readyLine, Command command) {
    this.children = children;
    this.dir = dir;
    this.name = name;
    this.readyLine = readyLine;
    this.command = command;
  }

  void start() throws IOException {
    run++;
    child = children.start(name + '-' + run, dir, readyLine, command.of(run));
    if (mayFail) child.mayEnd();
  }

  Matcher ready() throws IOException, InterruptedException {
    return child.ready();
  }

  String name() {
    return name;
  }

  /** Of the run that is, or was last. */
  String runName() {
    return name + '-' + run;
  }

  Child child() {
    return child;
  }

  int runs() {
    return run;
  }

  void kill() throws IOException, InterruptedException {
    child.kill();
    if (!child.awaitEnd(END_MILLIS)) throw new IOException(runName() + " does not die");
  }

  /** From now on it may end by itself with exit code 1; a supervisor would start it again. */
  void mayFail(boolean mayFail) {
    this.mayFail = mayFail;
    if (mayFail) child.mayEnd();
  }

  boolean mayFail() {
    return mayFail;
  }

  /** {@code STOP} or {@code CONT}. */
  void signal(String signal) throws IOException, InterruptedException {
    Tool.run("kill", "-" + signal, Long.toString(child.pid()));
  }
}
