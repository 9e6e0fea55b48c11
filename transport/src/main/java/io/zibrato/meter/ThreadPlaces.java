package io.zibrato.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Function;

/**
 * A bounded number of places, each for what one thread alone writes to.
 *
 * <p>A thread takes one when it first asks, if any near its own number is free, and keeps it until
 * a reader finds that it has ended. A virtual thread gets none.
 */
class ThreadPlaces<O extends Own> {
  /*
   * Compared by identity, since a thread's id may be overridden: the id only says where to look.
   * A place goes from free to taken by compare-and-set, on the thread that takes it, and back on a reader's.
   */
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Own[].class);
  private static final int TRIES = 3;

  private final Own[] places;
  private final Function<Thread, O> maker;

  /**
   * @param size a power of two
   */
  ThreadPlaces(int size, Function<Thread, O> maker) {
    this.places = new Own[size];
    this.maker = maker;
  }

  final int size() {
    return places.length;
  }

  /**
   * The calling thread's own, if it is where most threads have it; or null. Small, so that it costs
   * little where it is inlined; {@link #mine} finds the others.
   */
  final O near() {
    Thread thread = Thread.currentThread();
    Own own = places[(int) thread.getId() & (places.length - 1)];
    return own != null && own.refersTo(thread) ? cast(own) : null;
  }

  /** The calling thread's own, or null when it has none and none can be had. */
  final O mine() {
    Thread thread = Thread.currentThread();
    for (int i = 0; i < TRIES; i++) {
      int place = (int) (thread.getId() + i) & (places.length - 1);
      Own own = places[place];
      if (own == null) return take(place, thread);
      if (own.refersTo(thread)) return cast(own);
    }
    return null;
  }

  private O take(int place, Thread thread) {
    if (VirtualThreads.is(thread)) return null;
    try {
      O own = maker.apply(thread);
      return PLACE.compareAndSet(places, place, null, own) ? own : null;
    } catch (OutOfMemoryError e) {
      return null;
    }
  }

  /** What is at a place, or null; for readers. */
  final O at(int place) {
    return cast((Own) PLACE.getVolatile(places, place));
  }

  /** Frees a place, whose thread has ended. */
  final void free(int place) {
    PLACE.setVolatile(places, place, null);
  }

  @SuppressWarnings("unchecked") // only the maker's are ever put in a place
  private O cast(Own own) {
    return (O) own;
  }
}
