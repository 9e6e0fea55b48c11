package io.zibrato.aspects;

import java.lang.System.Logger;
import org.aspectj.lang.JoinPoint;

/**
 * Finds the {@link Site} of a woven join point, without a map, a string or reflection after the
 * first call.
 *
 * <p>The next stop of a measurement is {@link Site}, and after it {@code Timer}.
 */
public final class Sites {
  /*
   * The weaver gives each join point a static part, a constant of the woven class, and that a source location. The site takes its place, once, and answers for
   * it: so the site is one load away.
   * Racy, and harmless: a thread that still sees the location goes the slow way and finds or makes the same site. Sites have only final fields that
   * matter, so one that is seen at all is seen whole.
   * Where the location cannot be replaced (aspectjrt in a module that does not open itself) each call goes the slow way, by a map.
   * No lock is held while annotations are read, since that may load classes, and a class loader may be measured too.
   */
  private static final Logger LOG = System.getLogger(Sites.class.getName());
  private static final ThreadLocal<Boolean> RESOLVING = new ThreadLocal<>();
  private static final StaticParts PARTS = new StaticParts();

  private Sites() {}

  /** The site of a join point. */
  public static Site of(JoinPoint.StaticPart part) {
    return part.getSourceLocation() instanceof Site site ? site : resolve(part);
  }

  private static Site resolve(JoinPoint.StaticPart part) {
    Site known = PARTS.site(part);
    if (known != null) return known;
    // Settings are read while the first site resolves; measured code that this runs into is not
    // counted.
    if (RESOLVING.get() != null) return Site.NONE;
    RESOLVING.set(true);
    try {
      Site site = register(part, Site.create(part));
      FirstSite.found();
      return site;
    } catch (Throwable e) {
      LOG.log(Logger.Level.WARNING, part + " is not measured", e);
      return register(part, Site.none(part));
    } finally {
      RESOLVING.remove();
    }
  }

  private static synchronized Site register(JoinPoint.StaticPart part, Site site) {
    Site known = PARTS.site(part);
    return known != null ? known : PARTS.keep(part, site);
  }
}
