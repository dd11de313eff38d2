package dev.acktask.operator.http;

import dev.acktask.operator.http.HttpAnswer.Body;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** One connection to a server, for one request at a time. */
final class Connection {
  private final Socket raw;
  private final OutputStream out;
  private final Incoming incoming;
  private boolean isReusable;

  /**
   * A connection that is open.
   *
   * @param raw the TCP socket
   * @param spoken {@code raw} itself, or TLS over it
   */
  Connection(Socket raw, Socket spoken) throws IOException {
    this.raw = raw;
    this.out = spoken.getOutputStream();
    this.incoming = new Incoming(spoken.getInputStream());
  }

  /**
   * Sends {@code request}, once, and reads the answer.
   *
   * @param memory what the body takes, until the caller closes it
   * @throws BodyBudget.Exhausted if there was no memory for the body in time
   * @throws NothingCame if the connection died before an answer had begun
   * @throws java.net.ProtocolException if the answer violates RFC 9112
   */
  HttpAnswer exchange(Request request, int maxBodyBytes, BodyBudget.Share memory)
      throws IOException {
    isReusable = false;
    long before = incoming.received();
    try {
      out.write(request.bytes());
      return read(maxBodyBytes, memory);
    } catch (java.net.ProtocolException | BodyBudget.Exhausted itself) {
      throw itself;
    } catch (IOException died) {
      throw incoming.received() == before ? new NothingCame(died) : died;
    }
  }

  private HttpAnswer read(int maxBodyBytes, BodyBudget.Share memory) throws IOException {
    Head head = Head.read(incoming);
    Framing framing = Framing.of(head);
    if (isEncoded(head.headers())) {
      return new HttpAnswer(head.status(), head.headers(), new Body.Encoded());
    }
    Body body = Framing.read(framing, incoming, maxBodyBytes, new ReceivedBody(memory));
    isReusable =
        head.isHttp11()
            && body instanceof Body.Complete
            && !(framing instanceof Framing.UntilClose)
            && !isLast(head.headers());
    return new HttpAnswer(head.status(), head.headers(), body);
  }

  private static boolean isEncoded(Headers headers) {
    for (String coding : headers.all("content-encoding")) {
      if (!coding.equalsIgnoreCase("identity")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLast(Headers headers) {
    for (String options : headers.all("connection")) {
      for (String option : options.split(",", -1)) {
        if (option.strip().equalsIgnoreCase("close")) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * True if the last answer was read to its end and no byte follows it: bytes that precede a
   * request are not its answer.
   */
  boolean isReusable() {
    try {
      return isReusable && !incoming.hasMore() && raw.getInputStream().available() == 0;
    } catch (IOException dead) {
      return false;
    }
  }

  /**
   * Closes at once, without the close_notify of TLS, which may block on a server that does not
   * read.
   */
  void close() {
    try {
      raw.close();
    } catch (IOException e) {
      // Nothing depends on the result.
    }
  }
}
