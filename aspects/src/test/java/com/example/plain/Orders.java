package com.example.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Code that knows nothing of us, for the agent's configuration to name. */
public class Orders {
  private final List<String> orders = new ArrayList<>();

  public Orders() {}

  public int place(String order) {
    if (order.isEmpty()) throw new IllegalArgumentException("empty");
    orders.add(order);
    return orders.size();
  }

  public CompletableFuture<Integer> placeLater(String order) {
    return CompletableFuture.completedFuture(place(order));
  }

  static boolean has(Orders orders, String order) {
    return orders.orders.contains(order);
  }

  /** Places three orders, and one that fails. */
  public static void main(String[] args) {
    Orders orders = new Orders();
    orders.place("a");
    orders.place("b");
    orders.placeLater("c").join();
    try {
      orders.place("");
      System.exit(3);
    } catch (IllegalArgumentException e) {
      if (!has(orders, "c")) System.exit(4);
    }
    com.example.fixtures.Totals.print();
  }
}
