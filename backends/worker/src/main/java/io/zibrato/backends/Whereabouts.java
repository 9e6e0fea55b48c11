package io.zibrato.backends;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Where a service is that we go on sending to: its host may get another address meanwhile, and the
 * old one say nothing. One thread.
 *
 * <p>How old the answers may be is the JVM's {@code networkaddress.cache.ttl}, 30 s if not told.
 */
public final class Whereabouts {
  static final Duration ASK_AFTER = Duration.ofSeconds(30);

  private final String host;
  private final int port;
  private final Resolver resolver;
  private final LongSupplier nanoTime;
  private InetAddress known; // null until it was asked for
  private long askedNanos;

  /** Finds the addresses of a host, as {@link InetAddress#getAllByName} does. */
  public interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  public Whereabouts(String host, int port) {
    this(host, port, InetAddress::getAllByName, System::nanoTime);
  }

  public Whereabouts(String host, int port, Resolver resolver, LongSupplier nanoTime) {
    this.host = host;
    this.port = port;
    this.resolver = resolver;
    this.nanoTime = nanoTime;
  }

  /** Asks where it is now. */
  public InetSocketAddress ask() throws UnknownHostException {
    known = addresses().get(0);
    return new InetSocketAddress(known, port);
  }

  /**
   * Whether it is no longer where it was when {@link #ask}ed for. Finds out every 30 s; not while
   * nobody knows.
   */
  public boolean moved() {
    if (known == null || nanoTime.getAsLong() - askedNanos < ASK_AFTER.toNanos()) return false;
    try {
      return !addresses().contains(known);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private List<InetAddress> addresses() throws UnknownHostException {
    try {
      return List.of(resolver.addresses(host));
    } finally {
      askedNanos = nanoTime.getAsLong();
    }
  }

  @Override
  public String toString() {
    return host + ':' + port;
  }
}
