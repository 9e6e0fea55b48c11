package io.zibrato.backends;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The series of one instance and level, by the id that its frames give them. */
final class BookedSeries {
  /*
   * Publishers number their series from 0, so nearly all are in an array by id. Ids come from outside, though: one that would make the array much
   * longer than there are series goes into a map.
   */
  private static final int ROOM = 16;

  private final Map<Integer, Booked> others = new HashMap<>();
  private Booked[] byId = new Booked[ROOM];
  private int size;
  private int cost;

  BookedSeries() {}

  BookedSeries(DataInputStream in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) add(in.readInt(), new Booked(in));
  }

  void save(DataOutputStream out) throws IOException {
    out.writeInt(size);
    for (int id = 0; id < byId.length; id++) {
      if (byId[id] != null) save(id, byId[id], out);
    }
    for (Map.Entry<Integer, Booked> other : others.entrySet()) {
      save(other.getKey(), other.getValue(), out);
    }
  }

  private static void save(int id, Booked booked, DataOutputStream out) throws IOException {
    out.writeInt(id);
    booked.save(out);
  }

  int size() {
    return size;
  }

  /** What all of them take of a {@link Budget}. */
  int cost() {
    return cost;
  }

  /** Null if there is none of the id. */
  Booked get(int id) {
    Booked booked = id < byId.length ? byId[id] : null;
    return booked != null ? booked : others.get(id);
  }

  /** Adds one of an id that is not there yet. */
  void add(int id, Booked booked) {
    size++;
    cost += booked.cost();
    if (id >= byId.length && id < 2 * size + ROOM) {
      byId = Arrays.copyOf(byId, Math.max(id + 1, 2 * size + ROOM));
    }
    if (id < byId.length) byId[id] = booked;
    else others.put(id, booked);
  }
}
