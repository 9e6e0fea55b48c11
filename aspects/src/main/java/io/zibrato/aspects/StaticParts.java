package io.zibrato.aspects;

import java.lang.System.Logger;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aspectj.lang.JoinPoint;

/** Remembers the sites of static parts: in the part itself where that is possible, or beside it. */
final class StaticParts {
  private static final Logger LOG = System.getLogger(StaticParts.class.getName());

  private final Map<JoinPoint.StaticPart, Site> beside = new ConcurrentHashMap<>();
  private Field place; // guarded by Sites, like refused
  private boolean refused;

  /** The site that was kept, or null. */
  Site site(JoinPoint.StaticPart part) {
    return part.getSourceLocation() instanceof Site site ? site : beside.get(part);
  }

  /**
   * Puts the site in the place of the part's source location, and returns it. Guarded by {@link
   * Sites}.
   */
  Site keep(JoinPoint.StaticPart part, Site site) {
    if (refused || !replaced(part, site)) beside.put(part, site);
    return site;
  }

  private boolean replaced(JoinPoint.StaticPart part, Site site) {
    try {
      if (place == null) {
        Field field = part.getClass().getDeclaredField("sourceLocation");
        field.setAccessible(true);
        place = field;
      }
      place.set(part, site);
      return part.getSourceLocation() == site;
    } catch (ReflectiveOperationException | RuntimeException e) {
      refused = true;
      LOG.log(Logger.Level.WARNING, "measured calls are slower: aspectjrt cannot be opened", e);
      return false;
    }
  }
}
