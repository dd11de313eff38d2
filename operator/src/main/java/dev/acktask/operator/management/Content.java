package dev.acktask.operator.management;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * What is sent for a page. Its length is known before the first byte is sent, so that a response
 * that was cut off is never taken for a whole one.
 *
 * @param bytes the body; in gzip where {@code zipped}, because a slow reader keeps it in memory
 * @param length of the body in plain
 * @param sent runs once the body is sent or given up
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and shared by all who read it
public record Content(
    int status, String type, byte[] bytes, boolean zipped, long length, Runnable sent)
    implements AutoCloseable {
  /** A page of one line. */
  public static Content line(int status, String line) {
    byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
    return new Content(status, "text/plain; charset=utf-8", text, false, text.length, () -> {});
  }

  /** The body as it is sent to a client that cannot read gzip; exactly {@code length} bytes. */
  InputStream plain() throws IOException {
    InputStream stored = new ByteArrayInputStream(bytes);
    return zipped ? new GZIPInputStream(stored) : stored;
  }

  @Override
  public void close() {
    sent.run();
  }
}
