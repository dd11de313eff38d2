package dev.acktask.simulator.http;

import dev.acktask.simulator.reply.Reply;
import java.io.IOException;

/** Decides what is answered; called on the connection's own thread. */
public interface Handler {
  /** Answers {@code request} by calling {@code responder} exactly once. */
  void handle(Request request, Responder responder) throws IOException;

  /** The answer to bytes that are not a request; the connection is closed after it. */
  Reply refuse(MalformedRequestException cause);

  /** Sends one reply. */
  @FunctionalInterface
  interface Responder {
    /** Returns when the reply is sent, cut or hung up on; {@code transmission} follows it. */
    void send(Reply reply, Transmission transmission) throws IOException;
  }
}
