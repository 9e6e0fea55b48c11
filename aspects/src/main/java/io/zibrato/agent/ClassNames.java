package io.zibrato.agent;

import java.util.Set;

/**
 * The names by which a pattern may pick join points of a class.
 *
 * @param type as a pattern writes it: a dot also before the name of a nested type
 * @param methods that the class declares itself
 */
record ClassNames(String type, Set<String> methods) {
  ClassNames {
    type = type.replace('/', '.').replace('$', '.');
  }
}
