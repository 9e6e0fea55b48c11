package io.zibrato.statvent;

import io.zibrato.meter.Meters;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Keeps one recorder for as long as somebody has asked for one. */
final class Recording {
  private final Listing listing;
  private Recorder recorder;
  private boolean byHand;

  Recording(Listing listing) {
    this.listing = listing;
  }

  synchronized void start(Supplier<Path> pipeDir) {
    byHand = true;
    begin(pipeDir);
  }

  synchronized void list(Meters meters, Supplier<Path> pipeDir) {
    listing.add(meters);
    begin(pipeDir);
  }

  synchronized void stop() {
    byHand = false;
    end();
  }

  synchronized void unlist(Meters meters) {
    listing.remove(meters);
    end();
  }

  private void begin(Supplier<Path> pipeDir) {
    if (recorder != null) return;
    recorder = new Recorder(pipeDir.get(), listing::bytes);
    recorder.start();
  }

  private void end() {
    if (byHand || listing.hasMeters() || recorder == null) return;
    recorder.close();
    recorder = null;
  }
}
