package dev.acktask.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes chunks of at most a given size; {@link #finish} ends the body, not the connection. */
final class ChunkedStream extends OutputStream {
  private static final byte[] CRLF = {'\r', '\n'};

  private final OutputStream out;
  private final int chunkBytes;

  ChunkedStream(OutputStream out, int chunkBytes) {
    this.out = out;
    this.chunkBytes = chunkBytes;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    for (int done = 0; done < count; done += chunkBytes) {
      int size = Math.min(chunkBytes, count - done);
      out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(source, offset + done, size);
      out.write(CRLF);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  void finish() throws IOException {
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
