package io.zibrato.store.composite;

import java.sql.SQLException;
import java.util.List;

/** Where measured series come from. */
public interface SeriesSource {
  /** An evaluation ends when it has read more points; to read more at once is in vain. */
  int MAX_POINTS = Budget.MAX_POINTS;

  /**
   * The series that match, in the order of metric and tags, each with the period that its points
   * have; none if there are none.
   *
   * @throws CompositeException it is more than the source gives at once, or what is asked for is
   *     itself a composite
   */
  List<Series> read(SeriesQuery query) throws CompositeException, SQLException;

  /**
   * Asked before each function is computed.
   *
   * @throws CompositeException the evaluation has taken too long
   */
  default void check() throws CompositeException {}
}
