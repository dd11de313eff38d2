package dev.acktask.simulator.http;

import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Framing;
import dev.acktask.simulator.response.Response;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;

/** One client connection: serves its requests one after the other until either side closes it. */
final class ClientConnection implements AutoCloseable {
  private final Socket raw;
  private final Socket socket;
  private final Handler handler;
  private final Pause pause;

  /**
   * @param raw the TCP connection; closing it with RST must not pass through TLS
   * @param socket carries HTTP: {@code raw}, or TLS over it
   */
  ClientConnection(Socket raw, Socket socket, Handler handler, Pause pause) {
    this.raw = raw;
    this.socket = socket;
    this.handler = handler;
    this.pause = pause;
  }

  /** Serves until the connection ends; a client that goes away is not an error here. */
  void serve() {
    try (this) {
      raw.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      ConnectionResponder responder =
          new ConnectionResponder(
              in, new BufferedOutputStream(socket.getOutputStream(), 16 * 1024));
      try {
        serveRequests(new RequestReader(in), responder);
      } catch (MalformedRequestException e) {
        responder.send(handler.refuse(e), new Transmission());
      }
    } catch (IOException e) {
      // The other side closed, or a fault or the end of the server closed it from here.
    }
  }

  private void serveRequests(RequestReader reader, ConnectionResponder responder)
      throws IOException {
    while (responder.open) {
      Optional<Request> request = reader.read();
      if (request.isEmpty()) {
        return;
      }
      handler.handle(request.get(), responder);
      responder.open &= !request.get().asksToClose();
    }
  }

  /** Sends RST instead of FIN: queued bytes are dropped and the client gets an error. */
  private void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  @Override
  public void close() {
    try {
      socket.close();
      raw.close();
    } catch (IOException e) {
      // closed in any case
    }
  }

  private final class ConnectionResponder implements Handler.Responder {
    private final InputStream in;
    private final OutputStream out;
    private boolean open = true;

    private ConnectionResponder(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }

    @Override
    public void send(Response response, Transmission transmission) throws IOException {
      new ResponseWriter(response, pause).writeTo(out, transmission);
      Ending ending = response.delivery().ending();
      open =
          ending == Ending.KEEP_ALIVE
              && !(response.delivery().framing() instanceof Framing.UntilClose);
      if (ending == Ending.RESET) {
        reset();
      } else if (ending == Ending.HANG) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
