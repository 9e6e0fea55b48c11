package io.zibrato.backends;

import io.zibrato.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * An outside service, as a worker sees it. Extend it for a service of your own, in a jar of your
 * own, and hand it to {@link WorkerCommand}; the sockets, the ledger, intervals, the spool and
 * retries are {@link Worker}'s.
 *
 * <p>Threads: {@link #parse} and {@link #post} are called by the worker's reading thread, and must
 * not block, or measurements are lost; {@link #connect}, {@link #flush} and {@link #close} by its
 * delivering thread, one at a time, and may block for as long as the service's time-outs say. Both
 * groups run at once, so state that they share needs care; a backend that overrides none of the
 * first two, and has no {@link #memory}, has none. When closing takes too long, {@link #close} may
 * come from a third thread while {@link #flush} still runs.
 *
 * <p>Everything handed in is immutable and may be kept.
 */
public abstract class Backend implements Closeable {
  /**
   * Finds out whether the service is there and takes our credentials. Called before the first
   * {@link #flush}, and again with growing pauses until it returns.
   *
   * @throws FatalException if trying again is in vain; the process ends
   * @throws IOException if the service is not there now; measurements are held meanwhile
   */
  public abstract void connect() throws IOException, FatalException;

  /**
   * Reads one message. Of a frame, the ledger then books what is new; override this for messages of
   * another format.
   *
   * @return null to pass the message over
   * @throws IOException if it cannot be read; the message is dropped, and counted as lost
   */
  public Message parse(byte[] message) throws IOException {
    return Message.decode(message);
  }

  /**
   * Takes one measurement: adds it to the open interval. Override it to rename, or to leave out.
   *
   * @param open may be added to until this method returns
   */
  public void post(Measurement measurement, Interval open) {
    open.add(measurement);
  }

  /** What this backend keeps from run to run; asked for once. Default nothing. */
  public Optional<Memory> memory() {
    return Optional.empty();
  }

  /** The most measurements that one {@link #flush} is given. Default 1000. */
  public int batchSize() {
    return 1000;
  }

  /** How long a worker that is asked to stop goes on delivering. Default 10 s. */
  public Duration finishing() {
    return Duration.ofSeconds(10);
  }

  /**
   * Delivers one part of a closed interval; when this returns, the service has all of it. It is
   * called again with the same snapshot after a failure, and then must not assume that the service
   * has none of it.
   *
   * @param snapshot of 1 to {@link #batchSize} measurements
   * @throws RetryException if the service cannot take it now
   * @throws RefusedException if the service refuses something in it
   * @throws TakenInPartException if the service has all but some, which is lost
   * @throws FatalException if the service no longer takes our credentials
   * @throws IOException the same as an ambiguous {@link RetryException}
   */
  public abstract void flush(Snapshot snapshot) throws IOException, DeliveryException;

  /** Lets go of connections. Nothing else is called afterwards. */
  @Override
  public void close() throws IOException {}
}
