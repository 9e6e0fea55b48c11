package io.zibrato.samples.documents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code java -jar documents.jar [totals-file]}: works until its standard input ends, or has a
 * line. Then it writes into the file, if there is one, how often it called what.
 */
public final class DocumentsMain {
  private static final int THREADS = 2;

  private DocumentsMain() {}

  public static void main(String[] args) throws Exception {
    Documents.Tally tally = new Documents.Tally();
    List<Documents> workers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      workers.add(new Documents(i, tally));
      threads.add(new Thread(workers.get(i), "documents-" + i));
      threads.get(i).setUncaughtExceptionHandler(DocumentsMain::fail);
      threads.get(i).start();
    }
    System.out.println("documents at work");
    System.in.read();
    workers.forEach(Documents::stop);
    for (Thread thread : threads) thread.join();
    if (args.length > 0) tally.save(Path.of(args[0]));
  }

  private static void fail(Thread thread, Throwable e) {
    e.printStackTrace();
    System.exit(1);
  }
}
