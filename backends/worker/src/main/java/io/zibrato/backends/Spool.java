package io.zibrato.backends;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Closed snapshots, in parts, that the service has not taken yet: oldest first, in memory, bounded.
 *
 * <p>When there are too many, the oldest go and are counted, but never the one in hand. Any thread
 * adds; one thread delivers.
 */
final class Spool {
  private static final int MAX_SET_ASIDE = 1000;

  private final long maxBytes;
  private final LossTally losses;
  private final Deque<Entry> entries = new ArrayDeque<>(); // guarded by this, like all below
  private final Deque<Refused> setAside = new ArrayDeque<>();
  private boolean headInHand;
  private boolean woken;
  private long bytes;
  private long measurements;

  private record Entry(Snapshot snapshot, long bytes) {
    Entry(Snapshot snapshot) {
      this(snapshot, snapshot.approximateBytes());
    }
  }

  Spool(long maxBytes, LossTally losses) {
    this.maxBytes = maxBytes;
    this.losses = losses;
  }

  synchronized void add(List<Snapshot> parts) {
    for (Snapshot part : parts) addLast(new Entry(part));
    while (bytes > maxBytes && entries.size() > (headInHand ? 1 : 0)) dropOldest();
    notifyAll();
  }

  /**
   * The oldest part, which stays in hand until {@link #accepted}, {@link #split} or {@link
   * #refuse}. Waits for one at most so long, and less after {@link #wake}. After {@link #giveUp}
   * none is in hand any more, and those three do nothing.
   *
   * @return null if there is none
   */
  synchronized Snapshot oldest(long waitMillis) throws InterruptedException {
    if (entries.isEmpty()) await(waitMillis);
    if (entries.isEmpty()) return null;
    headInHand = true;
    return entries.peekFirst().snapshot();
  }

  /** Waits so long, or until {@link #wake}. */
  synchronized void pause(long millis) throws InterruptedException {
    long untilNanos = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0 && !woken; ) {
      wait(left);
      left = (untilNanos - System.nanoTime()) / 1_000_000;
    }
    woken = false;
  }

  private void await(long millis) throws InterruptedException {
    if (!woken && millis > 0) wait(millis);
    woken = false;
  }

  /** Ends the wait that the deliverer is in, or else its next one. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** The part in hand was taken by the service. */
  synchronized void accepted() {
    if (headInHand) removeHead();
  }

  /** Puts its halves in the place of the part in hand. */
  synchronized void split() {
    if (!headInHand) return;
    Snapshot head = removeHead().snapshot();
    List<Snapshot> halves = new ArrayList<>(head.halves());
    for (int i = halves.size() - 1; i >= 0; i--) addFirst(new Entry(halves.get(i)));
  }

  /** Sets the part in hand aside for good. */
  synchronized void refuse(String reason) {
    if (!headInHand) return;
    for (Measurement measurement : removeHead().snapshot().measurements()) {
      losses.add(Loss.REFUSED, 1, () -> measurement.key() + ": " + reason);
      setAside.addLast(new Refused(measurement, reason));
      if (setAside.size() > MAX_SET_ASIDE) setAside.removeFirst();
    }
  }

  /** What was refused last, at most 1000 of it, oldest first. */
  synchronized List<Refused> refused() {
    return List.copyOf(setAside);
  }

  /** The measurements in it. */
  synchronized long held() {
    return measurements;
  }

  /** Empties it for good, and counts what was in it. */
  synchronized void giveUp(String reason) {
    headInHand = false;
    long given = measurements;
    while (!entries.isEmpty()) removeHead();
    if (given > 0) losses.add(Loss.UNDELIVERED, given, () -> reason);
  }

  private void dropOldest() {
    Entry inHand = headInHand ? entries.pollFirst() : null;
    Entry dropped = entries.pollFirst();
    account(dropped, -1);
    if (inHand != null) entries.addFirst(inHand);
    int size = dropped.snapshot().size();
    losses.add(Loss.SPOOL_FULL, size, () -> "the oldest of more than " + maxBytes + " bytes");
  }

  private Entry removeHead() {
    headInHand = false;
    Entry head = entries.removeFirst();
    account(head, -1);
    return head;
  }

  private void addFirst(Entry entry) {
    entries.addFirst(entry);
    account(entry, 1);
  }

  private void addLast(Entry entry) {
    entries.addLast(entry);
    account(entry, 1);
  }

  private void account(Entry entry, int sign) {
    bytes += sign * entry.bytes();
    measurements += sign * entry.snapshot().size();
  }
}
