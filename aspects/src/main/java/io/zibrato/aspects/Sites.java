package io.zibrato.aspects;

import java.lang.System.Logger;
import java.util.Arrays;
import org.aspectj.lang.JoinPoint;

/**
 * Finds the {@link Site} of a woven join point, without a map, a string or reflection after the
 * first call.
 *
 * <p>The next stop of a measurement is {@link Site}, and after it {@code Timer}.
 */
public final class Sites {
  /*
   * The weaver gives each join point a static part, a constant of the woven class, with an id that counts from 0 within its class and that nobody
   * reads. It is overwritten, once, by the complement of the site's index in the table: so an id below 0 is an index, and a plain load finds the site.
   * Racy, and harmless: a thread that sees the old id, the new id but the old table, or no site yet, goes the slow way and finds or makes the same site. Sites have only final fields that
   * matter, so one that is seen at all is seen whole.
   * Where the id cannot be overwritten (aspectjrt in a module that does not open itself) each call goes the slow way, by a map.
   * No lock is held while annotations are read, since that may load classes, and a class loader may be measured too.
   */
  private static final Logger LOG = System.getLogger(Sites.class.getName());
  private static final ThreadLocal<Boolean> RESOLVING = new ThreadLocal<>();
  private static final StaticParts PARTS = new StaticParts();
  private static Site[] table = new Site[64];
  private static int size;
  private static Runnable onFirst = () -> {};

  private Sites() {}

  /** Runs once the first join point is found, on the thread that found it. */
  public static synchronized void onFirst(Runnable onFirst) {
    Sites.onFirst = onFirst;
  }

  /** Whether any join point was found yet: whether woven code ran. */
  public static synchronized boolean any() {
    return size > 0 || PARTS.any();
  }

  /** The site of a join point. */
  public static Site of(JoinPoint.StaticPart part) {
    int index = ~part.getId();
    Site[] sites = table;
    if (index >= 0 && index < sites.length) {
      Site site = sites[index];
      if (site != null) return site;
    }
    return resolve(part);
  }

  private static Site resolve(JoinPoint.StaticPart part) {
    Site known = known(part);
    if (known != null) return known;
    // Settings are read while the first site resolves; measured code that this runs into is not
    // counted.
    if (RESOLVING.get() != null) return Site.NONE;
    RESOLVING.set(true);
    try {
      boolean first = !any();
      Site site = register(part, Site.create(part));
      if (first) onFirst.run();
      return site;
    } catch (Throwable e) {
      LOG.log(Logger.Level.WARNING, part + " is not measured", e);
      return register(part, Site.NONE);
    } finally {
      RESOLVING.remove();
    }
  }

  private static synchronized Site known(JoinPoint.StaticPart part) {
    int index = ~part.getId();
    return index >= 0 ? table[index] : PARTS.site(part);
  }

  private static synchronized Site register(JoinPoint.StaticPart part, Site site) {
    Site known = known(part);
    if (known != null) return known;
    if (!PARTS.number(part, ~size)) return PARTS.keep(part, site);
    if (size == table.length) table = Arrays.copyOf(table, 2 * size);
    table[size++] = site;
    return site;
  }
}
