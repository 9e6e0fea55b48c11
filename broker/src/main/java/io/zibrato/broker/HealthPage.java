package io.zibrato.broker;

import java.util.Locale;

/** What {@link Health} serves: all that the broker counts, since it began. */
final class HealthPage {
  private HealthPage() {}

  static String json(boolean alive, long uptimeNanos, BrokerMeters meters) {
    StringBuilder out = new StringBuilder("{\"status\":");
    string(out, alive ? "ok" : "stalled");
    out.append(String.format(Locale.ROOT, ",\"uptime_seconds\":%.3f", uptimeNanos / 1e9));
    out.append(",\"subscriptions\":").append(meters.subscriptions()).append(",\"received\":");
    out.append(meters.receivedInAll()).append(",\"levels\":{");
    String separator = "";
    for (var level : meters.trafficByLevel().entrySet()) {
      string(out.append(separator), level.getKey());
      traffic(out.append(':'), level.getValue());
      separator = ",";
    }
    out.append('}');
    causes(out, Cause.DROPPED, meters);
    causes(out, Cause.REFUSED, meters);
    return out.append("}\n").toString();
  }

  private static void traffic(StringBuilder out, BrokerMeters.Traffic traffic) {
    out.append("{\"messages_in\":").append(traffic.messagesIn().sum());
    out.append(",\"messages_out\":").append(traffic.messagesOut().sum());
    out.append(",\"bytes_in\":").append(traffic.bytesIn().sum());
    out.append(",\"bytes_out\":").append(traffic.bytesOut().sum()).append('}');
  }

  private static void causes(StringBuilder out, String kind, BrokerMeters meters) {
    out.append(",\"").append(kind).append("\":{");
    String separator = "";
    for (Cause cause : Cause.values()) {
      if (!cause.kind.equals(kind)) continue;
      string(out.append(separator), cause.label);
      out.append(':').append(meters.stopped(cause));
      separator = ",";
    }
    out.append('}');
  }

  /** A JSON string: levels come from outside, and may be any text. */
  static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < 0x20 || c == 0x7F) out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      else out.append(c);
    }
    out.append('"');
  }
}
