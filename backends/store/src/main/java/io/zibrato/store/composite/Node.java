package io.zibrato.store.composite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A composite as a tree. */
sealed interface Node permits Read, Node.Members, Node.Apply, Node.Shift, Node.Group, Node.Mapping {
  /** The series that it comes to. */
  List<Series> evaluate(Evaluation evaluation, Scope scope) throws CompositeException, SQLException;

  /** Tells of every series that is read, before any function. */
  void collect(Evaluation evaluation, Scope scope, Collector collector)
      throws CompositeException, SQLException;

  /** Told of series, and of the call that read them. */
  interface Collector {
    void add(Read read, Series series);
  }

  /** {@code [a, b]}: the members of sets within it are its own. */
  record Members(List<Node> nodes) implements Node {
    @Override
    public List<Series> evaluate(Evaluation evaluation, Scope scope)
        throws CompositeException, SQLException {
      final List<Series> all = new ArrayList<>();
      for (final Node node : nodes) {
        all.addAll(node.evaluate(evaluation, scope));
      }
      return all;
    }

    @Override
    public void collect(Evaluation evaluation, Scope scope, Collector collector)
        throws CompositeException, SQLException {
      for (final Node node : nodes) {
        node.collect(evaluation, scope, collector);
      }
    }
  }

  /** {@code sum(a)}. */
  record Apply(Node set, Transform function) implements Node {
    @Override
    public List<Series> evaluate(Evaluation evaluation, Scope scope)
        throws CompositeException, SQLException {
      return evaluation.apply(function, set.evaluate(evaluation, scope), scope.window());
    }

    @Override
    public void collect(Evaluation evaluation, Scope scope, Collector collector)
        throws CompositeException, SQLException {
      set.collect(evaluation, scope, collector);
    }
  }

  /** {@code timeshift("1,2d", a)}: what was so many seconds from now, as if it were now. */
  record Shift(List<Long> seconds, Node set) implements Node {
    @Override
    public List<Series> evaluate(Evaluation evaluation, Scope scope)
        throws CompositeException, SQLException {
      final List<Series> all = new ArrayList<>();
      for (final long shift : seconds) {
        final Transform back = Transform.each(series -> PointByPoint.moved(series, -shift));
        final List<Series> then = set.evaluate(evaluation, scope.shifted(shift));
        all.addAll(evaluation.apply(back, then, scope.window()));
      }
      return all;
    }

    @Override
    public void collect(Evaluation evaluation, Scope scope, Collector collector)
        throws CompositeException, SQLException {
      for (final long shift : seconds) {
        set.collect(evaluation, scope.shifted(shift), collector);
      }
    }
  }

  /**
   * {@code group_by("region,az", a)}: once for the series of each region and zone that there is.
   */
  record Group(List<String> tags, Node set) implements Node {
    @Override
    public List<Series> evaluate(Evaluation evaluation, Scope scope)
        throws CompositeException, SQLException {
      final Map<String, Map<String, String>> groups = new TreeMap<>();
      set.collect(evaluation, scope, (read, series) -> add(groups, series.label().tags()));
      final List<Series> all = new ArrayList<>();
      for (final Map<String, String> group : groups.values()) {
        all.addAll(set.evaluate(evaluation, scope.grouped(group)));
      }
      return all;
    }

    private void add(Map<String, Map<String, String>> groups, Map<String, String> has) {
      if (has.keySet().containsAll(tags)) {
        final Map<String, String> group = new TreeMap<>(has);
        group.keySet().retainAll(tags);
        groups.put(String.join("\0", tags.stream().map(group::get).toList()), group);
      }
    }

    @Override
    public void collect(Evaluation evaluation, Scope scope, Collector collector)
        throws CompositeException, SQLException {
      set.collect(evaluation, scope, collector);
    }
  }

  /** {@code map({source: "web*"}, a)}: once for each source that there is. */
  record Mapping(String pattern, Node set) implements Node {
    @Override
    public List<Series> evaluate(Evaluation evaluation, Scope scope)
        throws CompositeException, SQLException {
      final TreeSet<String> values = new TreeSet<>();
      set.collect(
          evaluation,
          scope.mapped(pattern, null),
          (read, series) -> {
            if (read.mapped()) {
              values.add(read.mappedValue(series));
            }
          });
      final List<Series> all = new ArrayList<>();
      for (final String value : values) {
        all.addAll(set.evaluate(evaluation, scope.mapped(pattern, value)));
      }
      return all;
    }

    @Override
    public void collect(Evaluation evaluation, Scope scope, Collector collector)
        throws CompositeException, SQLException {
      set.collect(evaluation, scope.mapped(pattern, null), collector);
    }
  }
}
