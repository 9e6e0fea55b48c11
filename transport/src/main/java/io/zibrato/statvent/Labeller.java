package io.zibrato.statvent;

/** Names what is calculated from the values of a name. */
@FunctionalInterface
public interface Labeller {
  /** Puts the label in place of {@code {0}}, wherever in the name that is. */
  Labeller PLACEHOLDER = (name, label) -> name.replace("{0}", label);

  /**
   * Called as a pipe is read, on a thread of ours. A name with a line break, or an exception,
   * leaves out what is calculated of that name.
   *
   * @param name as it was recorded
   * @param label such as {@code median} or {@code 95th}
   */
  String name(String name, String label);
}
