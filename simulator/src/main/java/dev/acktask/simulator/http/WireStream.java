package dev.acktask.simulator.http;

import java.io.IOException;
import java.io.OutputStream;

/** The last stage before the socket: keeps the record and stops where the delivery says. */
final class WireStream extends OutputStream {
  /** The planned end of a cut answer; not a failure. */
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

  /** From here on, {@code bytes} more are sent. */
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
