package io.zibrato.bench.footprint;

/** Names of series, as long as woven ones are. */
final class Names {
  private Names() {}

  static String of(int i) {
    return "com.example.shop.Orders.accept" + (10_000 + i);
  }
}
