package io.zibrato.transport;

/** Where messages go. */
interface Outlet {
  /** Takes a message, or returns false, and has taken nothing, when there is no room for it. */
  boolean send(byte[] message);
}
