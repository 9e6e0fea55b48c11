package io.zibrato.store.clients;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Stands between a client and a store, and passes on one request a connection. */
final class Relay implements AutoCloseable {
  /** Asked when the store has answered, before the client sees any of it. */
  interface Judge {
    /** Whether the client gets the answer; if not, its connection breaks. */
    boolean passes() throws Exception;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final URI store;
  private final UnaryOperator<String> changes;
  private final Judge judge;

  /**
   * @param changes to the head of a request, a line each
   */
  Relay(String storeUrl, UnaryOperator<String> changes, Judge judge) throws IOException {
    this.store = URI.create(storeUrl);
    this.changes = changes;
    this.judge = judge;
    daemon(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** What one header said in each request, in their order. */
  List<String> headers(String name) {
    return heads.stream()
        .flatMap(String::lines)
        .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        daemon(() -> relay(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void relay(Socket client) {
    try (client;
        Socket upstream = new Socket(store.getHost(), store.getPort())) {
      String head = head(client.getInputStream());
      heads.add(head);
      String changed = changes.apply(head).replaceFirst("\r\n", "\r\nConnection: close\r\n");
      upstream.getOutputStream().write(changed.getBytes(StandardCharsets.ISO_8859_1));
      daemon(() -> pass(client, upstream));
      InputStream answer = upstream.getInputStream();
      byte[] begin = answer.readNBytes(1);
      if (!judge.passes()) return;
      OutputStream out = client.getOutputStream();
      out.write(begin);
      answer.transferTo(out);
    } catch (Exception e) {
      // The client sees a connection that broke.
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int each = in.read();
      if (each < 0) throw new IOException("no head");
      head.write(each);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them has closed.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
