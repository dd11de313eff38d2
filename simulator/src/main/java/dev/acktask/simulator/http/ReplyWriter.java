package dev.acktask.simulator.http;

import dev.acktask.simulator.http.Transmission.Outcome;
import dev.acktask.simulator.reply.Body;
import dev.acktask.simulator.reply.Delivery;
import dev.acktask.simulator.reply.Framing;
import dev.acktask.simulator.reply.Header;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Puts one reply on the wire as its delivery says. */
final class ReplyWriter {
  /** For a body of unknown length under {@link Framing.Length}. */
  private static final Framing FALLBACK = new Framing.Chunked(64 * 1024);

  private final Reply reply;
  private final Delivery delivery;
  private final Framing framing;
  private final Pause pause;

  ReplyWriter(Reply reply, Pause pause) {
    this.reply = reply;
    this.delivery = reply.delivery();
    this.framing =
        delivery.framing() instanceof Framing.Length && reply.body().length().isEmpty()
            ? FALLBACK
            : delivery.framing();
    this.pause = pause;
  }

  void writeTo(OutputStream socket, Transmission transmission) throws IOException {
    WireStream wire = new WireStream(socket, transmission);
    try {
      pause.await(delivery.delay());
      writeInterim(wire);
      delivery
          .cut()
          .filter(cut -> cut.from() == Delivery.From.MESSAGE)
          .ifPresent(cut -> wire.stopAfter(cut.bytes()));
      writeHead(PacedStream.of(wire, delivery.headBytesPerSecond(), pause));
      transmission.bodyStarts();
      delivery
          .cut()
          .filter(cut -> cut.from() == Delivery.From.BODY)
          .ifPresent(cut -> wire.stopAfter(cut.bytes()));
      writeBody(PacedStream.of(wire, delivery.bodyBytesPerSecond(), pause));
      wire.flush();
      transmission.ended(Outcome.COMPLETE);
    } catch (WireStream.CutException e) {
      transmission.ended(Outcome.CUT);
    } catch (IOException e) {
      transmission.ended(Outcome.BROKEN);
      throw e;
    }
  }

  private void writeInterim(OutputStream out) throws IOException {
    Delivery.Interim interim = delivery.interim();
    byte[] one = latin1(statusLine(interim.status()) + "\r\n");
    for (int i = 0; i < interim.count(); i++) {
      out.write(one);
    }
  }

  private void writeHead(OutputStream out) throws IOException {
    if (framing instanceof Framing.Verbatim) {
      return;
    }
    StringBuilder head = new StringBuilder(statusLine(reply.status()));
    for (Header header : reply.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    out.write(latin1(head.append(framingHeader()).append("\r\n").toString()));
  }

  private String framingHeader() {
    return switch (framing) {
      case Framing.Length length -> bodiless() ? "" : contentLength(lengthOf(reply.body()));
      case Framing.DeclaredLength declared -> contentLength(declared.bytes());
      case Framing.Chunked chunked -> "Transfer-Encoding: chunked\r\n";
      case Framing.UntilClose untilClose -> "Connection: close\r\n";
      case Framing.Verbatim verbatim -> "";
    };
  }

  private void writeBody(OutputStream out) throws IOException {
    if (framing instanceof Framing.Chunked chunked) {
      ChunkedStream chunks = new ChunkedStream(out, chunked.chunkBytes());
      reply.body().writeTo(chunks);
      chunks.finish();
    } else {
      reply.body().writeTo(out);
    }
  }

  /** RFC 9110 §8.6: these have no body and therefore no length. */
  private boolean bodiless() {
    return reply.status() == 204 || reply.status() == 304;
  }

  private static long lengthOf(Body body) {
    return body.length().orElseThrow();
  }

  private static String contentLength(long bytes) {
    return "Content-Length: " + bytes + "\r\n";
  }

  private static String statusLine(int status) {
    return "HTTP/1.1 " + status + " " + ReasonPhrase.of(status) + "\r\n";
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
