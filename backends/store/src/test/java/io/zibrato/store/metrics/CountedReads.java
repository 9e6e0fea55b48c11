package io.zibrato.store.metrics;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;

/** A connection that counts how often what waits to be packed is read. */
final class CountedReads {
  private final Connection connection;
  private int reads;

  CountedReads(Connection real) {
    connection =
        proxy(
            Connection.class,
            (method, args, result) ->
                result instanceof Statement statement && method.equals("createStatement")
                    ? proxy(Statement.class, this::count, statement)
                    : result,
            real);
  }

  private interface After {
    Object result(String method, Object[] args, Object result);
  }

  Connection connection() {
    return connection;
  }

  int reads() {
    return reads;
  }

  private Object count(String method, Object[] args, Object result) {
    if (method.equals("executeQuery") && args[0].toString().contains("data FROM arrived")) {
      reads++;
    }
    return result;
  }

  private static <T> T proxy(Class<T> type, After after, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            CountedReads.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              try {
                return after.result(method.getName(), args, method.invoke(real, args));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
