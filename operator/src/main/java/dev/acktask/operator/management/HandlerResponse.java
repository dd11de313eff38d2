package dev.acktask.operator.management;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * Response of a handler. Its length is known before the first byte is sent, so that clients detect
 * a truncated response.
 *
 * @param bytes the body; gzip if {@code zipped}, because a slow reader keeps it in memory
 * @param length uncompressed length of the body in bytes
 * @param onClose runs once the body is sent or abandoned
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and shared by all responses
public record HandlerResponse(
    int status, String type, byte[] bytes, boolean zipped, long length, Runnable onClose)
    implements AutoCloseable {
  /** A plain text response of one line. */
  public static HandlerResponse line(int status, String line) {
    byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
    return new HandlerResponse(
        status, "text/plain; charset=utf-8", text, false, text.length, () -> {});
  }

  /** The uncompressed body: exactly {@code length} bytes. */
  public InputStream plain() throws IOException {
    InputStream stored = new ByteArrayInputStream(bytes);
    return zipped ? new GZIPInputStream(stored) : stored;
  }

  @Override
  public void close() {
    onClose.run();
  }
}
