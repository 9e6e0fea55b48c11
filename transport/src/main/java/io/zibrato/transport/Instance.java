package io.zibrato.transport;

import java.util.UUID;

/**
 * One run of one application process.
 *
 * @param id random
 * @param startedMillis epoch milliseconds at which it began to count
 */
public record Instance(UUID id, long startedMillis) {
  public static Instance now() {
    return new Instance(UUID.randomUUID(), System.currentTimeMillis());
  }
}
