package dev.acktask.simulator.http;

import dev.acktask.simulator.reply.Delivery.Ending;
import dev.acktask.simulator.reply.Framing;
import dev.acktask.simulator.reply.Reply;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;

/** One client connection: requests in turn, until either side has had enough. */
final class Connection implements AutoCloseable {
  private final Socket raw;
  private final Socket socket;
  private final Handler handler;
  private final Pause pause;

  /**
   * @param raw the TCP connection, on which a reset is a reset
   * @param socket what HTTP is spoken on: the same, or TLS over it
   */
  Connection(Socket raw, Socket socket, Handler handler, Pause pause) {
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
      Turn turn = new Turn(in, new BufferedOutputStream(socket.getOutputStream(), 16 * 1024));
      try {
        takeTurns(new RequestReader(in), turn);
      } catch (MalformedRequestException e) {
        turn.send(handler.refuse(e), new Transmission());
      }
    } catch (IOException e) {
      // The other side closed, or a fault or the end of the server closed it from here.
    }
  }

  private void takeTurns(RequestReader reader, Turn turn) throws IOException {
    while (turn.open) {
      Optional<Request> request = reader.read();
      if (request.isEmpty()) {
        return;
      }
      handler.handle(request.get(), turn);
      turn.open &= !request.get().asksToClose();
    }
  }

  /** RST instead of FIN: what is queued is dropped, and the other side sees an error. */
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
      // it is gone either way
    }
  }

  private final class Turn implements Handler.Responder {
    private final InputStream in;
    private final OutputStream out;
    private boolean open = true;

    private Turn(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }

    @Override
    public void send(Reply reply, Transmission transmission) throws IOException {
      new ReplyWriter(reply, pause).writeTo(out, transmission);
      Ending ending = reply.delivery().ending();
      open =
          ending == Ending.KEEP_ALIVE
              && !(reply.delivery().framing() instanceof Framing.UntilClose);
      if (ending == Ending.RESET) {
        reset();
      } else if (ending == Ending.HANG) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
