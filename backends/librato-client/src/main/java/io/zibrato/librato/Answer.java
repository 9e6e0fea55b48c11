package io.zibrato.librato;

/**
 * What the service said.
 *
 * @param body empty where there is none
 * @param retryAfter the header, as it came; null where there is none
 */
record Answer(int status, String body, String retryAfter) {
  boolean done() {
    return status >= 200 && status < 300;
  }
}
