package io.zibrato.librato;

/**
 * Which part of a list is asked for. What is null is left to the service.
 *
 * @param name a part of the names
 * @param offset how many to leave out
 * @param length how many at most in one page; the service has a limit of its own, 100 as a rule
 * @param orderBy what to sort by, such as {@code name}
 * @param sort {@code asc} or {@code desc}
 */
public record ListQuery(String name, Long offset, Integer length, String orderBy, String sort) {
  /** All, as the service has it. */
  public static ListQuery all() {
    return new ListQuery(null, null, null, null, null);
  }

  /** Those with this in their name. */
  public static ListQuery named(String name) {
    return all().name(name);
  }

  public ListQuery name(String name) {
    return new ListQuery(name, offset, length, orderBy, sort);
  }

  public ListQuery offset(long offset) {
    return new ListQuery(name, offset, length, orderBy, sort);
  }

  public ListQuery length(int length) {
    return new ListQuery(name, offset, length, orderBy, sort);
  }

  public ListQuery orderBy(String orderBy) {
    return new ListQuery(name, offset, length, orderBy, sort);
  }

  public ListQuery sort(String sort) {
    return new ListQuery(name, offset, length, orderBy, sort);
  }

  Target on(Target target) {
    return target
        .with("name", name)
        .with("offset", offset)
        .with("length", length)
        .with("orderby", orderBy)
        .with("sort", sort);
  }
}
