package dev.acktask.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Lets bytes through at a given pace, in at most twenty portions per second. */
final class PacedStream extends OutputStream {
  private static final int PORTIONS_PER_SECOND = 20;

  private final OutputStream out;
  private final int portion;
  private final Duration gap;
  private final Pause pause;

  private PacedStream(OutputStream out, int bytesPerSecond, Pause pause) {
    this.out = out;
    this.portion = Math.max(1, bytesPerSecond / PORTIONS_PER_SECOND);
    this.gap = Duration.ofNanos(1_000_000_000L * portion / bytesPerSecond);
    this.pause = pause;
  }

  /** {@code out} at {@code bytesPerSecond}; 0 means {@code out} itself. */
  static OutputStream of(OutputStream out, int bytesPerSecond, Pause pause) {
    return bytesPerSecond == 0 ? out : new PacedStream(out, bytesPerSecond, pause);
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    for (int done = 0; done < count; done += portion) {
      out.write(source, offset + done, Math.min(portion, count - done));
      out.flush();
      pause.await(gap);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
