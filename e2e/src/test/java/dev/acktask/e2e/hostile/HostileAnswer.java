package dev.acktask.e2e.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/**
 * One kind of answer that is expensive for the operator or wrong. None of them is a complete answer
 * with a final state of the requested task.
 */
enum HostileAnswer {
  /** Well-formed, with few long texts that need several bytes a character, just below the cap. */
  LONG_TEXTS(
      true,
      "\"task_result\":[",
      "{\"data\":\"" + "升级".repeat(1_500) + "\",\"status\":\"success\"},",
      "{}]}"),
  /** Well-formed, with very many small entries, just below the cap. */
  MANY_ENTRIES(
      true, "\"events\":[", "{\"level\":\"Normal\",\"reason\":\"R\",\"message\":\"m\"},", "{}]}"),
  /** Well-formed, with very many values in a field of free form, just below the cap. */
  MANY_VALUES(true, "\"parameters\":{\"a\":[", "[1,2,{\"b\":null}],", "0]}}"),
  DEEP(false, "\"parameters\":", "[", "0}"),
  LONG_NUMBER(false, "\"count\":", "9", "}"),
  DUPLICATE_STATE(false, "\"state\":\"success\",\"x\":[", "0,", "0]}"),
  /** The last announced bytes are never sent. */
  CUT(false, "\"state\":\"success\",\"x\":[", "0,", "0]}"),
  /** Single bytes with long pauses. */
  DRIP(false, "\"x\":[", "0,", "0]}"),
  CHUNK_FLOOD(false, "\"x\":\"", "x", "\"}"),
  HUGE_HEAD(false, "\"x\":[", "0,", "0]}"),
  INTERIM_FLOOD(false, "\"x\":[", "0,", "0]}"),
  GZIP_BOMB(false, "\"x\":[", "0,", "0]}"),
  OTHER_TASK(false, "\"state\":\"success\",\"x\":[", "0,", "0]}"),
  SERVER_ERROR(false, "\"state\":\"success\",\"x\":[", "0,", "0]}");

  private static final int PIECE = 32 * 1024;
  private static final int BOMB = 64 << 20;
  private static final long DRIP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Leaves room for the first fields. */
  private static final int START = 600;

  private static final Map<HostileAnswer, byte[]> TAILS = new ConcurrentHashMap<>();
  private static final Map<Integer, byte[]> BOMBS = new ConcurrentHashMap<>();

  private final boolean wellFormed;
  private final String before;
  private final String unit;
  private final String after;

  /** The body after its first fields is one unit again and again. */
  HostileAnswer(boolean wellFormed, String before, String unit, String after) {
    this.wellFormed = wellFormed;
    this.before = before;
    this.unit = unit;
    this.after = after;
  }

  /** Whether it is an answer that an honest cloud could give of a running task. */
  boolean isWellFormed() {
    return wellFormed;
  }

  /**
   * Sends one answer, no two of them alike.
   *
   * @param number of the answer
   * @param cap the largest body that the operator reads, bytes; the same in all calls
   * @return whether the connection can carry another answer
   * @throws IOException when the operator closed the connection, as it should in most cases
   */
  boolean send(OutputStream out, String taskId, long number, int cap, ByteRate rate)
      throws IOException {
    byte[] tail = TAILS.computeIfAbsent(this, kind -> kind.below(cap));
    byte[] start = start(taskId, number);
    String length = "Content-Length: " + (start.length + tail.length) + "\r\n\r\n";
    switch (this) {
      case CUT -> {
        out.write(("HTTP/1.1 200 OK\r\n" + length).getBytes(UTF_8));
        write(out, start, start.length, rate);
        write(out, tail, tail.length - 1, rate);
        return false;
      }
      case DRIP -> {
        out.write(("HTTP/1.1 200 OK\r\n" + length).getBytes(UTF_8));
        write(out, start, start.length, rate);
        while (true) {
          LockSupport.parkNanos(DRIP_NANOS);
          out.write('0');
          out.flush();
        }
      }
      case CHUNK_FLOOD -> {
        out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
        flood(out, ("1;x=" + "y".repeat(60) + "\r\n0\r\n"), rate);
        return false;
      }
      case HUGE_HEAD -> {
        out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
        flood(out, "X-Large: " + "h".repeat(500) + "\r\n", rate);
        return false;
      }
      case INTERIM_FLOOD -> {
        flood(out, "HTTP/1.1 103 Early Hints\r\nX-Hint: " + "h".repeat(100) + "\r\n\r\n", rate);
        return false;
      }
      case GZIP_BOMB -> {
        byte[] bomb = BOMBS.computeIfAbsent(BOMB, HostileAnswer::bomb);
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ";
        out.write((head + bomb.length + "\r\n\r\n").getBytes(UTF_8));
        write(out, bomb, bomb.length, rate);
        return true;
      }
      default -> {
        String status = this == SERVER_ERROR ? "500 Internal Server Error" : "200 OK";
        out.write(("HTTP/1.1 " + status + "\r\n" + length).getBytes(UTF_8));
        write(out, start, start.length, rate);
        write(out, tail, tail.length, rate);
        return true;
      }
    }
  }

  private byte[] start(String taskId, long number) {
    String id = this == OTHER_TASK ? taskId + ".other" : taskId;
    String state = this == OTHER_TASK || this == CUT ? "" : "\"state\":\"running\",";
    return ("{\"task_id\":\"" + id + "\",\"request_number\":" + number + "," + state)
        .getBytes(UTF_8);
  }

  private static void write(OutputStream out, byte[] bytes, int length, ByteRate rate)
      throws IOException {
    for (int at = 0; at < length; at += PIECE) {
      int piece = Math.min(PIECE, length - at);
      rate.take(piece);
      out.write(bytes, at, piece);
    }
    out.flush();
  }

  /** Without end: the operator has to close. */
  private static void flood(OutputStream out, String unit, ByteRate rate) throws IOException {
    byte[] piece = unit.repeat(PIECE / unit.length()).getBytes(UTF_8);
    while (true) {
      write(out, piece, piece.length, rate);
    }
  }

  private static byte[] bomb(int size) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        byte[] blanks = " ".repeat(PIECE).getBytes(UTF_8);
        for (int written = 0; written < size; written += PIECE) {
          gzip.write(blanks);
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] below(int cap) {
    int units = (cap - START - before.length() - after.length()) / unit.getBytes(UTF_8).length;
    return (before + unit.repeat(units) + after).getBytes(UTF_8);
  }
}
