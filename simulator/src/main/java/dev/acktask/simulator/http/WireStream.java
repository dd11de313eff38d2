package dev.acktask.simulator.http;

import java.io.IOException;
import java.io.OutputStream;

/** The last stage before the socket: records the bytes and stops at the cut of the delivery. */
final class WireStream extends OutputStream {
  /** The planned end of a cut response; not a failure. */
  static final class CutException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final OutputStream socket;
  private final Transmission transmission;
  private long left = Long.MAX_VALUE;

  WireStream(OutputStream socket, Transmission transmission) {
    this.socket = socket;
    this.transmission = transmission;
  }

  /** Sends at most {@code bytes} more. */
  void stopAfter(long bytes) {
    left = bytes;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    int allowed = (int) Math.min(count, left);
    transmission.sending(source, offset, allowed);
    socket.write(source, offset, allowed);
    left -= allowed;
    if (allowed < count) {
      socket.flush();
      throw new CutException();
    }
  }

  @Override
  public void flush() throws IOException {
    socket.flush();
  }
}
