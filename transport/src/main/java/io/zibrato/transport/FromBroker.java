package io.zibrato.transport;

import io.zibrato.wire.Upstream;
import java.util.Optional;

/** What an application hears from whatever it connected to, which may be no broker of ours. */
final class FromBroker {
  /** More subscriptions than this are no broker of ours; further ones are passed over. */
  static final int MAX_SUBSCRIPTIONS = 4_096;

  private static final int MAX_SUBSCRIPTION_BYTES = 128 * 1024;

  /** A broker answers for all of its workers. */
  private static final int MESSAGES_AT_ONCE = 20_000;

  private static final int MESSAGES_PER_SECOND = 2_000;

  private FromBroker() {}

  /** For a new socket; the subscriptions of all of its connections are counted together. */
  static Inflow inflow(Optional<CurveKeys> keys) {
    UpstreamQuota quota =
        new UpstreamQuota(
            MAX_SUBSCRIPTIONS,
            MAX_SUBSCRIPTION_BYTES,
            MESSAGES_AT_ONCE,
            MESSAGES_PER_SECOND,
            System::nanoTime);
    Turnstile whole = Turnstile.wholeMessages();
    Turnstile turnstile =
        (connection, message, part) ->
            whole.lets(connection, message, part)
                && quota.check(message) == UpstreamQuota.Verdict.PASS;
    // Messages are short, so the rate bounds what can gather.
    int onTheWire = SocketGuards.bytesOnTheWire(Upstream.MAX_BYTES, keys);
    return new Inflow(onTheWire, Long.MAX_VALUE, turnstile, () -> {});
  }
}
