package dev.acktask.operator.alibaba;

import java.net.ProtocolException;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;

/**
 * Jetty's parser of responses, without its leniency: an answer counts only if its end is certain
 * (RFC 9112, section 6.3), and bytes behind it end the connection.
 */
final class StrictReceiver extends HttpReceiverOverHTTP {
  /** Of a head, and of the trailer behind a body in chunks. */
  private static final int MAX_FIELDS = 100;

  /** Answers like 102 that may come before the final one. */
  private static final int MAX_INTERIM = 32;

  private int interim;
  private int fields;
  private int codings;
  private int status;
  private boolean isHttp11;
  private boolean isChunked;
  private boolean hasLength;

  StrictReceiver(HttpChannelOverHTTP channel) {
    super(channel);
  }

  @Override
  public void startResponse(HttpVersion version, int code, String reason) {
    isHttp11 = version == HttpVersion.HTTP_1_1;
    if (!(isHttp11 || version == HttpVersion.HTTP_1_0)
        || code < 100
        || code > 599
        || code == HttpStatus.SWITCHING_PROTOCOLS_101) {
      throw refused("no status line of HTTP/1");
    }
    if (HttpStatus.isInterim(code) && ++interim > MAX_INTERIM) {
      throw refused("no end of interim answers");
    }
    status = code;
    fields = 0;
    codings = 0;
    isChunked = false;
    hasLength = false;
    super.startResponse(version, code, reason);
  }

  @Override
  public void parsedHeader(HttpField field) {
    count();
    if (field.getHeader() == HttpHeader.TRANSFER_ENCODING) {
      codings++;
      isChunked = "chunked".equalsIgnoreCase(field.getValue());
    }
    hasLength |= field.getHeader() == HttpHeader.CONTENT_LENGTH;
    super.parsedHeader(field);
  }

  @Override
  public void parsedTrailer(HttpField trailer) {
    count();
    super.parsedTrailer(trailer);
  }

  private void count() {
    if (++fields > MAX_FIELDS) {
      throw refused("too many fields");
    }
  }

  @Override
  public boolean headerComplete() {
    if (codings > 0 && !(codings == 1 && isChunked && isHttp11)) {
      throw refused("a body with an unknown end");
    }
    if (status == HttpStatus.OK_200 && endsWithConnection() && connection().isTls()) {
      throw refused("a body whose end nothing marks"); // anyone on the way can end a connection
    }
    if (endsWithConnection() || !isHttp11) {
      connection().useOnce();
    }
    return super.headerComplete();
  }

  private boolean endsWithConnection() {
    boolean hasBody =
        !HttpStatus.isInterim(status)
            && status != HttpStatus.NO_CONTENT_204
            && status != HttpStatus.NOT_MODIFIED_304;
    return hasBody && !isChunked && !hasLength;
  }

  @Override
  public boolean messageComplete() {
    if (!HttpStatus.isInterim(status)) {
      if (isShutdown() && !endsWithConnection()) {
        throw refused("the connection ended in the trailer"); // Jetty takes it for the end
      }
      if (getResponseBuffer().hasRemaining()) {
        connection().useOnce(); // Jetty drops these bytes, and what follows them may be an answer
      }
      interim = 0;
      connection().answered();
    }
    return super.messageComplete();
  }

  /** A head that was cut is not malformed. */
  @Override
  public void badMessage(HttpException failure) {
    if (isShutdown()) {
      super.earlyEOF();
    } else {
      super.badMessage(failure);
    }
  }

  /** Jetty also reports a malformed body here. */
  @Override
  public void earlyEOF() {
    if (isShutdown() || getHttpExchange() == null) {
      super.earlyEOF();
    } else {
      failAndClose(new ProtocolException("a malformed body"));
    }
  }

  /** Jetty does not close the connection when reading fails behind an answer. */
  @Override
  public void failAndClose(Throwable failure) {
    connection().useOnce();
    super.failAndClose(failure);
  }

  private CloudConnection connection() {
    return (CloudConnection) getHttpChannel().getHttpConnection();
  }

  private static HttpException.RuntimeException refused(String reason) {
    return new HttpException.RuntimeException(HttpStatus.BAD_GATEWAY_502, reason);
  }
}
