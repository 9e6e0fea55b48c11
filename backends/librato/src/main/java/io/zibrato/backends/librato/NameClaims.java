package io.zibrato.backends.librato;

import io.zibrato.backends.Memory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which series has which name, as digests: of fixed size, however long the names are. Bounded: when
 * there is no more room, names that no series has used for two months are free again, and if there
 * are none, no more are given. For one thread at a time.
 */
final class NameClaims {
  /*
   * A name's day is when it was used last, and is renewed only when it is some days old, more or
   * fewer for each name: so an interval writes few of them. What changed is written once by each
   * save, until one was followed by saved.
   */
  static final int MOST = 200_000;

  /** Of an entry in the map: digest, claim, node and its place in the table, as a JVM has them. */
  static final int BYTES_EACH = 160;

  static final int UNUSED_DAYS = 60;
  private static final int PART_OF_HEAP = 16;
  private static final int PART_FREED = 16;
  private static final int RENEWED_DAYS = 7; // a power of two, less one
  private static final int VALUE_BYTES = Digest.BYTES + Long.BYTES + Integer.BYTES;
  private static final Logger LOG = System.getLogger(NameClaims.class.getName());

  private enum Kept {
    YES,
    HANDED_OVER,
    NO
  }

  private static final class Claim {
    final Digest series;
    final long key;
    int day;
    Kept kept = Kept.NO;

    Claim(Digest series, long key, int day) {
      this.series = series;
      this.key = key;
      this.day = day;
    }
  }

  private final int most;
  private final Map<Digest, Claim> byName = new HashMap<>();
  private final List<Digest> freed = new ArrayList<>(); // not yet saved
  private int freedHandedOver;
  private int fullOn = Integer.MIN_VALUE; // the last day on which there was nothing to free

  /**
   * @param most names that are remembered
   */
  NameClaims(int most) {
    this.most = most;
  }

  /** How many names a heap of so many bytes remembers: a sixteenth of it, and not over 32 MB. */
  static int mostIn(long heapBytes) {
    return (int) Math.max(1, Math.min(MOST, heapBytes / PART_OF_HEAP / BYTES_EACH));
  }

  int most() {
    return most;
  }

  int size() {
    return byName.size();
  }

  boolean isHeld(Digest name) {
    return byName.containsKey(name);
  }

  /** Whether the series has the name; then it has used it on that day. */
  boolean holds(Digest series, Digest name, int day) {
    Claim claim = byName.get(name);
    if (claim == null || !claim.series.equals(series)) return false;
    if (day - claim.day > (series.low() & RENEWED_DAYS)) {
      claim.day = day;
      claim.kept = Kept.NO;
    }
    return true;
  }

  /** Whether the name is that of a series of this key, of whatever kind. */
  boolean isHeldByKey(Digest name, long key) {
    Claim claim = byName.get(name);
    return claim != null && claim.key == key;
  }

  /** Gives the name to the series, if nobody has it and there is room. */
  boolean take(Digest name, Digest series, long key, int day) {
    if (byName.containsKey(name) || !hasRoom(day)) return false;
    byName.put(name, new Claim(series, key, day));
    return true;
  }

  private boolean hasRoom(int day) {
    if (byName.size() < most) return true;
    if (day <= fullOn) return false;
    List<Map.Entry<Digest, Claim>> unused = new ArrayList<>();
    for (Map.Entry<Digest, Claim> each : byName.entrySet()) {
      if (each.getValue().day < day - UNUSED_DAYS) unused.add(each);
    }
    if (unused.isEmpty()) {
      Level level = fullOn == Integer.MIN_VALUE ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "{0} names are remembered, and all in use: new ones get a hash", most);
      fullOn = day;
      return false;
    }
    unused.sort(Comparator.comparingInt(each -> each.getValue().day));
    List<Digest> oldest = new ArrayList<>();
    int n = Math.min(unused.size(), 1 + most / PART_FREED);
    for (Map.Entry<Digest, Claim> each : unused.subList(0, n)) oldest.add(each.getKey());
    byName.keySet().removeAll(oldest);
    freed.addAll(oldest);
    return true;
  }

  /** Takes back what was handed over once; what is none of ours, or beyond the bound, is not. */
  void recall(byte[] key, byte[] value) {
    if (key.length != Digest.BYTES || value.length != VALUE_BYTES || byName.size() >= most) return;
    ByteBuffer bytes = ByteBuffer.wrap(value);
    Claim claim = new Claim(Digest.read(bytes), bytes.getLong(), bytes.getInt());
    claim.kept = Kept.YES;
    byName.put(Digest.read(ByteBuffer.wrap(key)), claim);
  }

  /** Hands over all that changed since {@link #saved}. */
  void save(Memory.Sink sink) throws IOException {
    for (Digest name : freed) sink.remove(bytes(name));
    freedHandedOver = freed.size();
    for (Map.Entry<Digest, Claim> each : byName.entrySet()) {
      Claim claim = each.getValue();
      if (claim.kept == Kept.YES) continue;
      ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
      claim.series.write(value);
      sink.put(bytes(each.getKey()), value.putLong(claim.key).putInt(claim.day).array());
      claim.kept = Kept.HANDED_OVER;
    }
  }

  void saved() {
    freed.subList(0, freedHandedOver).clear();
    freedHandedOver = 0;
    for (Claim claim : byName.values()) {
      if (claim.kept == Kept.HANDED_OVER) claim.kept = Kept.YES;
    }
  }

  private static byte[] bytes(Digest name) {
    ByteBuffer bytes = ByteBuffer.allocate(Digest.BYTES);
    name.write(bytes);
    return bytes.array();
  }
}
