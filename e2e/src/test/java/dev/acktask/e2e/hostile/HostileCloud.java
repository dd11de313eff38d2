package dev.acktask.e2e.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ACK endpoint that answers each task with its {@link HostileAnswer}, and passes requests for
 * all other tasks on to an honest simulator on this machine.
 */
final class HostileCloud implements AutoCloseable {
  private static final Pattern TARGET = Pattern.compile("^GET /tasks/([A-Za-z0-9._-]+)[ ?]");
  private static final Pattern LENGTH =
      Pattern.compile("\\r\\n[Cc]ontent-[Ll]ength: *([0-9]+)\\r\\n");
  private static final int LARGEST_HEAD = 64 * 1024;

  private final ServerSocket listener;
  private final int cap;
  private final ByteRate rate;
  private final Map<String, HostileAnswer> tasks = new ConcurrentHashMap<>();
  private final Map<HostileAnswer, AtomicLong> served = new EnumMap<>(HostileAnswer.class);
  private final AtomicLong number = new AtomicLong();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile int honestPort;

  /**
   * @param cap the largest body that the operator reads, bytes
   */
  HostileCloud(int cap, ByteRate rate) throws IOException {
    this.cap = cap;
    this.rate = rate;
    for (HostileAnswer kind : HostileAnswer.values()) {
      served.put(kind, new AtomicLong());
    }
    this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("hostile-cloud").start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Where requests for tasks that are not hostile go. */
  void passOnTo(int port) {
    honestPort = port;
  }

  void answer(String taskId, HostileAnswer kind) {
    tasks.put(taskId, kind);
  }

  /** Answers begun, by their kind. */
  Map<HostileAnswer, Long> served() {
    Map<HostileAnswer, Long> counts = new EnumMap<>(HostileAnswer.class);
    served.forEach((kind, count) -> counts.put(kind, count.get()));
    return counts;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // The listener is closed, which ends the loop, or one connection failed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Honest honest = new Honest()) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      boolean open = true;
      for (byte[] head = head(in); open && head.length > 0; head = head(in)) {
        Matcher target = TARGET.matcher(new String(head, StandardCharsets.ISO_8859_1));
        String taskId = target.find() ? target.group(1) : "";
        HostileAnswer kind = tasks.get(taskId);
        if (kind == null) {
          honest.exchange(head, out);
        } else {
          served.get(kind).incrementAndGet();
          open = kind.send(out, taskId, number.incrementAndGet(), cap, rate);
        }
      }
    } catch (IOException e) {
      // The operator closed the connection, or this server is closed.
    } finally {
      connections.remove(client);
    }
  }

  /** The head with the empty line; nothing at the end of the connection. */
  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 4 && head.size() < LARGEST_HEAD) {
      int next = in.read();
      if (next < 0) {
        return new byte[0];
      }
      head.write(next);
      ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  /** The connection to the simulator that belongs to one connection of the operator. */
  private final class Honest implements AutoCloseable {
    private Socket socket;
    private InputStream in;

    /** Passes a request and its answer on, byte by byte. */
    void exchange(byte[] request, OutputStream out) throws IOException {
      if (socket == null) {
        socket = new Socket(InetAddress.getLoopbackAddress(), honestPort);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
      }
      socket.getOutputStream().write(request);
      byte[] head = head(in);
      Matcher length = LENGTH.matcher(new String(head, StandardCharsets.ISO_8859_1));
      if (!length.find()) {
        throw new EOFException("the simulator announced no length");
      }
      byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
      out.write(head);
      out.write(body);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (socket != null) {
        socket.close();
      }
    }
  }
}
