package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads 64 answers at once, each just below the limit, and a small one; {@link
 * AlibabaTaskClientSmallHeapTest} runs it in a JVM with the heap of the default pod. The server
 * keeps none of them in memory.
 */
final class LargeAnswersMain {
  private static final int CALLS = 64;
  private static final int CAP = 1024 * 1024;

  /** Less than the first piece of a body, for which no body waits. */
  private static final int SMALL_BYTES = 8 * 1024;

  private LargeAnswersMain() {}

  public static void main(String[] args) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        CloudClient client =
            CloudClient.of("http://127.0.0.1:" + server.getLocalPort())
                .maxBytes(CAP)
                .timeout(Duration.ofSeconds(60))
                .build()) {
      var unused = threads.submit(() -> accept(server, threads));
      for (Shape shape : Shape.values()) {
        read(shape, client, threads);
      }
      System.exit(0); // the thread of the server does not end
    }
  }

  private static void read(Shape shape, CloudClient client, ExecutorService threads)
      throws Exception {
    List<Future<TaskLookup>> lookups = new ArrayList<>();
    CyclicBarrier together = new CyclicBarrier(CALLS);
    for (int i = 0; i < CALLS; i++) {
      String id = "T-" + shape + "-" + i;
      lookups.add(
          threads.submit(
              () -> {
                together.await();
                return client.describe(id);
              }));
    }
    TaskLookup small = client.describe("T-SMALL-0");
    if (!(small instanceof Found)) {
      throw new AssertionError("the small answer: " + small);
    }
    for (Future<TaskLookup> each : lookups) {
      TaskLookup lookup = each.get();
      boolean isExpected =
          shape.isWellFormed ? lookup instanceof Found : lookup instanceof Unavailable;
      if (!isExpected) {
        throw new AssertionError(shape + ": " + lookup);
      }
    }
  }

  private static Void accept(ServerSocket server, ExecutorService threads) throws IOException {
    while (true) {
      Socket socket = server.accept();
      var unused = threads.submit(() -> serve(socket));
    }
  }

  private static Void serve(Socket socket) throws IOException {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String id = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("GET /tasks/")) {
          id = line.split(" ", 3)[1].substring("/tasks/".length());
        } else if (line.isEmpty()) {
          Shape.valueOf(id.split("-", 3)[1]).send(id, socket.getOutputStream());
        }
      }
    }
    return null;
  }

  /** The filler of an answer. */
  private enum Shape {
    SMALL(true, "\"x\":\"", "x", "\"}"),
    TEXT(true, "\"task_result\":[{\"data\":\"", "x", "\",\"status\":\"success\"}]}"),
    WIDE(true, "\"parameters\":{\"a\":\"", "\u5347\u7ea7", "\"}}"),
    ENTRIES(true, "\"task_result\":[", "{\"data\":\"d\",\"status\":\"ok\"},", "{}]}"),
    ESCAPES(true, "\"x\":\"", "\\u0041", "\"}"),
    DEPTH(false, "\"parameters\":", "[", "}"),
    ENDLESS(false, "\"x\":\"", "y", "");

    private final boolean isWellFormed;
    private final String start;
    private final String piece;
    private final String end;

    Shape(boolean isWellFormed, String start, String piece, String end) {
      this.isWellFormed = isWellFormed;
      this.start = start;
      this.piece = piece;
      this.end = end;
    }

    void send(String id, OutputStream out) throws IOException {
      byte[] head =
          ("{\"task_id\":\"" + id + "\",\"state\":\"running\"," + start)
              .getBytes(StandardCharsets.UTF_8);
      byte[] block = piece.repeat(1_000).getBytes(StandardCharsets.UTF_8);
      byte[] tail = end.getBytes(StandardCharsets.UTF_8);
      int size = this == SMALL ? SMALL_BYTES : CAP - 400;
      int blocks = (size - head.length - tail.length) / block.length;
      int length = head.length + blocks * block.length + tail.length;
      out.write(
          ("HTTP/1.1 200 OK\r\ncontent-length: " + length + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(head);
      for (int i = 0; i < blocks; i++) {
        out.write(block);
      }
      out.write(tail);
      out.flush();
    }
  }
}
