package io.zibrato.librato;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Walks a list page by page; a page is asked for when its first item is wanted, no sooner. */
final class Pages<T> extends AbstractSpliterator<T> {
  /** Where pages come from. */
  interface Source<T> {
    Page<T> page(ListQuery query) throws IOException;
  }

  private static final int PAGE_LENGTH = 100;

  private final Source<T> source;
  private final ListQuery query;
  private Iterator<T> items = List.<T>of().iterator();
  private long offset;
  private boolean last;

  private Pages(Source<T> source, ListQuery query) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.source = source;
    this.query = query.length() == null ? query.length(PAGE_LENGTH) : query;
    this.offset = query.offset() == null ? 0 : query.offset();
  }

  static <T> Stream<T> stream(Source<T> source, ListQuery query) {
    return StreamSupport.stream(new Pages<>(source, query), false);
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    while (!items.hasNext()) {
      if (last) return false;
      turn();
    }
    action.accept(items.next());
    return true;
  }

  private void turn() {
    try {
      Page<T> page = source.page(query.offset(offset));
      offset += page.items().size();
      last = page.items().isEmpty() || offset >= page.found();
      items = page.items().iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
