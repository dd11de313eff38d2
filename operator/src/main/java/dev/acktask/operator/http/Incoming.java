package dev.acktask.operator.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/** The bytes that come from a server, line by line or counted. */
final class Incoming {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long received;

  Incoming(InputStream in) {
    this.in = in;
  }

  /** Bytes received since the start. */
  long received() {
    return received;
  }

  /** True if bytes have arrived that were not requested. */
  boolean hasMore() {
    return from < to;
  }

  /**
   * The next line without its end, which is CR LF: RFC 9112, section 2.2, without its leniency for
   * a bare LF.
   *
   * @throws ProtocolException when it is longer than {@code maxBytes}, or a CR or LF is alone
   * @throws EOFException when the connection ends before it
   */
  String line(int maxBytes) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      line.append(new String(buffer, from, end - from, StandardCharsets.ISO_8859_1));
      if (line.length() > maxBytes + 1) {
        throw new ProtocolException("a line is too long");
      }
      from = end;
      if (end < to) {
        from++;
        return withoutCarriageReturn(line);
      }
      fill();
    }
  }

  private static String withoutCarriageReturn(StringBuilder line) throws ProtocolException {
    int last = line.length() - 1;
    if (last < 0 || line.indexOf("\r") != last) {
      throw new ProtocolException("a line ends with CR LF");
    }
    return line.substring(0, last);
  }

  /**
   * Adds the next {@code count} bytes to {@code into}, which grows with what has come and not with
   * what was announced.
   *
   * @throws EOFException when the connection ends before
   */
  void copy(int count, ReceivedBody into) throws IOException {
    int left = count;
    while (left > 0) {
      if (!hasMore()) {
        fill();
      }
      left -= take(left, into);
    }
  }

  /**
   * Adds all that comes until the connection ends to {@code into}.
   *
   * @return false when it is more than {@code maxBytes}
   */
  boolean copyToEnd(int maxBytes, ReceivedBody into) throws IOException {
    int left = maxBytes;
    while (hasMore() || tryFill()) {
      if (to - from > left) {
        return false;
      }
      left -= take(left, into);
    }
    return true;
  }

  private int take(int count, ReceivedBody into) throws IOException {
    int taken = Math.min(count, to - from);
    into.write(buffer, from, taken);
    from += taken;
    return taken;
  }

  private void fill() throws IOException {
    if (!tryFill()) {
      throw new EOFException();
    }
  }

  private boolean tryFill() throws IOException {
    from = 0;
    to = 0;
    int read = in.read(buffer);
    to = Math.max(0, read);
    received += to;
    return read > 0;
  }
}
