package dev.acktask.operator.network;

import dev.acktask.operator.network.ProxyFailure.Reason;
import dev.acktask.operator.proxy.HttpProxy;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/**
 * Asks a proxy for a connection to the destination (RFC 9110, section 9.3.6), also for plaintext:
 * the proxy then sees no request. Jetty's client would accept an answer with a body, and its bytes
 * would be read as an answer of the destination.
 */
final class ProxyTunnel {
  private static final int BUFFER_BYTES = 4 * 1024;
  private static final int MAX_HEAD_BYTES = 32 * 1024;

  private final HttpProxy proxy;
  private final Origin origin;

  ProxyTunnel(HttpProxy proxy, Origin origin) {
    this.proxy = proxy;
    this.origin = origin;
  }

  /**
   * Turns {@code channel}, a connection to the proxy, into one to the destination.
   *
   * @throws ProxyFailure when the proxy does not allow it
   * @throws InterruptedIOException when the proxy does not answer before the deadline
   */
  void open(SocketChannel channel, Call call) throws IOException {
    try {
      channel.socket().getOutputStream().write(request());
      Answer answer = read(channel, call);
      if (answer.status == 407) {
        throw new ProxyFailure(Reason.UNAUTHENTICATED, proxy, 407);
      }
      if (answer.status > 299) {
        throw new ProxyFailure(Reason.REFUSED, proxy, answer.status);
      }
      if (answer.announcesBody || answer.hasMore) {
        throw new ProtocolException("bytes before the destination was asked anything");
      }
    } catch (ProtocolException | EOFException | SocketException notAProxy) {
      throw ProxyFailure.because(Reason.NOT_A_PROXY, proxy, notAProxy);
    }
  }

  private byte[] request() {
    String target = origin.serverName(true) + ":" + origin.port();
    String credentials =
        proxy.authorization().map(value -> "proxy-authorization: " + value + "\r\n").orElse("");
    return ("CONNECT " + target + " HTTP/1.1\r\nhost: " + target + "\r\n" + credentials + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Answer read(SocketChannel channel, Call call) throws IOException {
    Answer answer = new Answer();
    HttpParser parser = new HttpParser(answer, MAX_HEAD_BYTES, HttpCompliance.STRICT);
    parser.setHeadResponse(true); // a body is refused, not read
    byte[] bytes = new byte[BUFFER_BYTES];
    while (!answer.isComplete) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, readSome(channel, call, bytes));
      while (buffer.hasRemaining() && !answer.isComplete) {
        parser.parseNext(buffer);
        if (answer.isMalformed) {
          throw new ProtocolException("not an answer of HTTP");
        }
      }
      answer.hasMore = buffer.hasRemaining();
    }
    return answer;
  }

  private static int readSome(SocketChannel channel, Call call, byte[] into) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(call.leftNanos());
    if (millis == 0) {
      throw new InterruptedIOException("the time is over");
    }
    channel.socket().setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    try {
      int count = channel.socket().getInputStream().read(into);
      if (count < 0) {
        throw new EOFException();
      }
      return count;
    } catch (SocketTimeoutException late) { // of the call, not of the connection
      InterruptedIOException over = new InterruptedIOException("the time is over");
      over.initCause(late);
      throw over;
    }
  }

  /** The head of the answer. */
  private static final class Answer implements HttpParser.ResponseHandler {
    private int status;
    private boolean announcesBody;
    private boolean isComplete;
    private boolean isMalformed;
    private boolean hasMore;

    @Override
    public void startResponse(HttpVersion version, int code, String reason) {
      status = code;
      isMalformed = code < 200 || code > 599; // an interim answer was not asked for
    }

    /** RFC 9110, section 9.3.6, forbids a body behind an answer that opens a tunnel. */
    @Override
    public void parsedHeader(HttpField field) {
      announcesBody |=
          field.getHeader() == HttpHeader.TRANSFER_ENCODING
              || (field.getHeader() == HttpHeader.CONTENT_LENGTH && !"0".equals(field.getValue()));
    }

    @Override
    public boolean headerComplete() {
      isComplete = true;
      return true;
    }

    @Override
    public boolean content(ByteBuffer buffer) {
      return true;
    }

    @Override
    public boolean contentComplete() {
      return true;
    }

    @Override
    public boolean messageComplete() {
      return true;
    }

    @Override
    public void earlyEOF() {
      isMalformed = true;
    }

    @Override
    public void badMessage(HttpException failure) {
      isMalformed = true;
    }
  }
}
