package io.zibrato.aspects;

import java.lang.System.Logger;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aspectj.lang.JoinPoint;

/** Numbers static parts, or remembers those that cannot be numbered. Guarded by {@link Sites}. */
final class StaticParts {
  private static final Logger LOG = System.getLogger(StaticParts.class.getName());

  private final Map<JoinPoint.StaticPart, Site> unnumbered = new ConcurrentHashMap<>();
  private Field id;
  private boolean refused;

  /** Overwrites the part's id; false where that is not possible. */
  boolean number(JoinPoint.StaticPart part, int number) {
    if (refused) return false;
    try {
      if (id == null) {
        Field field = part.getClass().getDeclaredField("id");
        field.setAccessible(true);
        id = field;
      }
      id.setInt(part, number);
      return part.getId() == number;
    } catch (ReflectiveOperationException | RuntimeException e) {
      refused = true;
      LOG.log(Logger.Level.WARNING, "measured calls are slower: aspectjrt cannot be opened", e);
      return false;
    }
  }

  boolean any() {
    return !unnumbered.isEmpty();
  }

  Site site(JoinPoint.StaticPart part) {
    return unnumbered.get(part);
  }

  Site keep(JoinPoint.StaticPart part, Site site) {
    unnumbered.put(part, site);
    return site;
  }
}
