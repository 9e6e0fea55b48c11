package io.zibrato.store.composite;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A composite that was read, and may be evaluated any number of times, by any thread. */
public final class Composite {
  /** Characters. */
  public static final int MAX_LENGTH = 4096;

  static final int MAX_ANSWERED_POINTS = 250_000;

  private final Node node;
  private final List<Read> reads;

  private Composite(Node node, List<Read> reads) {
    this.node = node;
    this.reads = List.copyOf(reads);
  }

  /**
   * Reads a composite.
   *
   * @throws CompositeException it is not of the language; the message says at which character
   */
  public static Composite parse(String text) throws CompositeException {
    if (text.length() > MAX_LENGTH) {
      throw new CompositeException("is longer than " + MAX_LENGTH + " characters");
    }
    final Parser parser = new Parser(text);
    final Node node = parser.parse();
    return new Composite(node, parser.reads());
  }

  /** The metrics that it names in full, without wildcards. */
  public Set<String> metrics() {
    return reads.stream()
        .map(read -> read.selector().metric())
        .filter(name -> name.indexOf('*') < 0 && !name.equals(Read.MAPPED))
        .collect(Collectors.toSet());
  }

  /**
   * The series that it comes to; none for what there is not. A series may be without points.
   *
   * @throws CompositeException it asks for more than one evaluation may cost, or what the source
   *     says
   */
  public List<Series> evaluate(SeriesSource source, Window window)
      throws CompositeException, SQLException {
    final List<Series> set = node.evaluate(new Evaluation(source), Scope.of(window));
    if (set.size() > Budget.MAX_SERIES || Evaluation.points(set) > MAX_ANSWERED_POINTS) {
      throw new CompositeException(
          "comes to more than "
              + Budget.MAX_SERIES
              + " series or "
              + MAX_ANSWERED_POINTS
              + " points: take fewer series, less time or a coarser resolution");
    }
    return set;
  }
}
