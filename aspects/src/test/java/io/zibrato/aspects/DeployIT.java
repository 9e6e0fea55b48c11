package io.zibrato.aspects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zibrato.Zibrato;
import io.zibrato.meter.Series;
import io.zibrato.wire.Frame;
import io.zibrato.wire.Message;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Woven applications that a container deploys, calls from threads of its own, and undeploys, again
 * and again: each sends its last frame, and nothing of it stays.
 */
class DeployIT {
  private static final int DEPLOYMENTS = 20;
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path dir;
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final ZContext context = new ZContext();
  private final ZMQ.Socket subscriber = context.createSocket(SocketType.SUB);
  private final int port = subscriber.bindToRandomPort("tcp://127.0.0.1");
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private final Thread receiver = new Thread(this::receive, "receiver");
  private volatile boolean stopped;

  /** As a container's: the application's own classes come before the container's. */
  private static final class ChildFirst extends URLClassLoader {
    private final List<String> shared;

    ChildFirst(URL[] urls, List<String> shared) {
      super(urls, DeployIT.class.getClassLoader());
      this.shared = shared;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) return known;
        if (shared.stream().anyMatch(name::startsWith)) return getParent().loadClass(name);
        try {
          return findClass(name);
        } catch (ClassNotFoundException e) {
          return getParent().loadClass(name);
        }
      }
    }

    @Override
    public URL getResource(String name) {
      URL own = findResource(name);
      return own != null ? own : super.getResource(name);
    }
  }

  @BeforeEach
  void start() {
    subscriber.subscribe("");
    subscriber.setReceiveTimeOut(100);
    receiver.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    pool.shutdownNow();
    stopped = true;
    receiver.join();
    context.close();
  }

  @Test
  void undeployed_leavesNothingBehind() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    loaders.add(deployment(0)); // what the JVM itself opens once
    long descriptors = descriptors();
    long threads = threads();
    for (int i = 1; i <= DEPLOYMENTS; i++) loaders.add(deployment(i));

    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loaders).allMatch(loader -> loader.refersTo(null));
              assertThat(threads()).isLessThanOrEqualTo(threads);
              assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 2);
            });
  }

  /** The libraries are the container's; only the woven code comes and goes. */
  @Test
  void undeployed_ofAContainerThatMeasuresItself() throws Exception {
    System.setProperty("zibrato.port", "1");
    Zibrato container = Zibrato.shared();
    System.clearProperty("zibrato.port");
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (URLClassLoader loader =
          new ChildFirst(new URL[] {url(Fixtures.woven())}, List.of("io.zibrato.", "org."))) {
        onAllThreads(() -> run(loader));
        loaders.add(new WeakReference<>(loader));
      }
    }
    assertThat(container.timer("info", "base").read().count()).isPositive();

    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loaders).allMatch(loader -> loader.refersTo(null));
            });
    container.close();
  }

  private WeakReference<ClassLoader> deployment(int number) throws Exception {
    Path settings = Files.createDirectories(dir.resolve("settings" + number));
    Files.writeString(
        settings.resolve("zibrato.properties"),
        "zibrato.port=" + port + "\nzibrato.source=app" + number + "\nzibrato.close-timeout=10s\n");
    try (URLClassLoader loader = new ChildFirst(urls(settings), List.of())) {
      onAllThreads(() -> run(loader));
      Class<?> zibrato = loader.loadClass("io.zibrato.Zibrato");
      assertThat(zibrato.getClassLoader()).isSameAs(loader);
      // What the application's ServletContextListener does in contextDestroyed.
      ((AutoCloseable) zibrato.getMethod("shared").invoke(null)).close();
      expectLastFrame("app" + number);
      return new WeakReference<>(loader);
    }
  }

  private static Void run(ClassLoader loader) throws Exception {
    Thread.currentThread().setContextClassLoader(loader);
    try {
      return runScenarios(loader);
    } finally {
      Thread.currentThread().setContextClassLoader(null);
    }
  }

  private static Void runScenarios(ClassLoader loader) throws Exception {
    for (String scenario : List.of("Constructors", "Gauges", "PublicMethod")) {
      Object made =
          loader
              .loadClass("com.example.fixtures." + scenario)
              .getDeclaredConstructor()
              .newInstance();
      made.getClass().getMethod("run").invoke(made);
    }
    return null;
  }

  private interface Call {
    Void run() throws Exception;
  }

  private void onAllThreads(Call call) throws Exception {
    try {
      pool.submit(call::run).get();
      pool.submit(call::run).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Always, or else the socket does not tell a new connection what it subscribes to. */
  private void receive() {
    while (!stopped) {
      byte[] message = subscriber.recv();
      if (message != null) received.add(message);
    }
  }

  private void expectLastFrame(String source) throws Exception {
    Map<Integer, Series> series = new HashMap<>();
    Map<String, Long> sums = new HashMap<>();
    for (boolean left = false; !left; ) {
      byte[] bytes = received.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(bytes).as("the last frame of " + source).isNotNull();
      if (!(Message.decode(bytes) instanceof Frame frame)) continue;
      frame.definitions().forEach(each -> series.put(each.id(), each.series()));
      boolean ours = series.values().stream().anyMatch(each -> each.source().equals(source));
      left = ours && frame.last() && frame.level().equals("info");
      if (!left) continue;
      frame.counters().forEach(each -> sums.put(series.get(each.id()).name(), each.sum()));
    }
    assertThat(sums).containsEntry("base", 8L);
  }

  private static URL[] urls(Path settings) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(url(settings));
    urls.add(url(Fixtures.woven()));
    urls.add(url(Fixtures.aspectsJar()));
    for (String library : Fixtures.libraries().split(File.pathSeparator)) {
      urls.add(url(Path.of(library)));
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path path) throws IOException {
    return path.toUri().toURL();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(zibrato|iothread|reaper|Time-limited).*"))
        .count();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
