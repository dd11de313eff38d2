package dev.acktask.operator.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A connection whose server answers every request with given bytes. */
public final class Replay extends Socket {
  private static final Get ANY = new Get(new Origin("cloud.invalid", 80, false), "/", Map.of());

  private final InputStream said;

  private Replay(InputStream said) {
    this.said = said;
  }

  /** Reads {@code bytes} as an answer. */
  public static HttpAnswer read(byte[] bytes, int maxBodyBytes) throws IOException {
    return connection(new ByteArrayInputStream(bytes)).exchange(ANY, maxBodyBytes, memory());
  }

  /** Reads text of one byte per character as an answer. */
  static HttpAnswer read(String bytes) throws IOException {
    return read(bytes.getBytes(StandardCharsets.ISO_8859_1), 1_000);
  }

  static Connection connection(InputStream said) throws IOException {
    Replay socket = new Replay(said);
    return new Connection(socket, socket);
  }

  static Connection connection(String bytes) throws IOException {
    return connection(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** For bodies of tests, ample. */
  static BodyBudget.Share memory() {
    return new BodyBudget(Integer.MAX_VALUE).share(Long.MAX_VALUE);
  }

  static Get anything() {
    return ANY;
  }

  @Override
  public InputStream getInputStream() {
    return said;
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }
}
