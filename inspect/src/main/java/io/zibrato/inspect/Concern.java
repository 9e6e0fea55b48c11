package io.zibrato.inspect;

import java.util.Locale;

/** What there is to warn of. */
enum Concern {
  /** Could be woven, and is not. */
  NOT_WOVEN,
  /** Has no code of its own to weave: abstract, native, or a bridge. */
  NO_CODE,
  /** {@code @GaugeMe} where no number is returned. */
  NO_NUMBER,
  /** On a type none of whose methods it means. */
  NO_METHOD,
  /** Carried by an annotation that is gone at run time. */
  NOT_RETAINED,
  /** On code that a compiler made. */
  SYNTHETIC,
  /** On a Kotlin suspend function. */
  SUSPEND,
  /** Asks for what no series can be. */
  REFUSED,
  /** Means something else than it seems to. */
  MISLEADING,
  /** Several types under one name. */
  TYPES,
  /** A name or source that a service does not take as it is. */
  ALPHABET,
  /** A class file that cannot be read. */
  UNREADABLE;

  /** As JSON has it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
