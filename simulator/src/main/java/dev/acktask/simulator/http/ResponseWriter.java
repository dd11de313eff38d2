package dev.acktask.simulator.http;

import dev.acktask.simulator.http.Transmission.Outcome;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Delivery;
import dev.acktask.simulator.response.Framing;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends one response according to its {@link Delivery}. */
final class ResponseWriter {
  /** For a body of unknown length under {@link Framing.Length}. */
  private static final Framing FALLBACK = new Framing.Chunked(64 * 1024);

  private final Response response;
  private final Delivery delivery;
  private final Framing framing;
  private final Pause pause;

  ResponseWriter(Response response, Pause pause) {
    this.response = response;
    this.delivery = response.delivery();
    this.framing =
        delivery.framing() instanceof Framing.Length && response.body().length().isEmpty()
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
      writeHead(PacedStream.of(wire, delivery.pace().head(), pause));
      transmission.bodyStarts();
      delivery
          .cut()
          .filter(cut -> cut.from() == Delivery.From.BODY)
          .ifPresent(cut -> wire.stopAfter(cut.bytes()));
      writeBody(PacedStream.of(wire, delivery.pace().body(), pause));
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
    StringBuilder head = new StringBuilder(statusLine(response.status()));
    for (Header header : response.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    out.write(latin1(head.append(framingHeader()).append("\r\n").toString()));
  }

  private String framingHeader() {
    return switch (framing) {
      case Framing.Length length -> bodiless() ? "" : contentLength(lengthOf(response.body()));
      case Framing.DeclaredLength declared -> contentLength(declared.bytes());
      case Framing.Chunked chunked -> "Transfer-Encoding: chunked\r\n";
      case Framing.UntilClose untilClose -> "Connection: close\r\n";
      case Framing.Verbatim verbatim -> "";
    };
  }

  private void writeBody(OutputStream out) throws IOException {
    if (framing instanceof Framing.Chunked chunked) {
      ChunkedStream chunks = new ChunkedStream(out, chunked.chunkBytes());
      response.body().writeTo(chunks);
      chunks.finish();
    } else {
      response.body().writeTo(out);
    }
  }

  /** RFC 9110 §8.6: these have no body and therefore no length. */
  private boolean bodiless() {
    return response.status() == 204 || response.status() == 304;
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
