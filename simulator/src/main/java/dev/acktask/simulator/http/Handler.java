package dev.acktask.simulator.http;

import dev.acktask.simulator.response.Response;
import java.io.IOException;

/** Answers requests; called on the thread of the connection. */
public interface Handler {
  /** Answers {@code request} by calling {@code responder} exactly once. */
  void handle(Request request, Responder responder) throws IOException;

  /** The answer to bytes that are not a request; the connection is closed after it. */
  Response refuse(MalformedRequestException cause);

  /** Sends one response. */
  @FunctionalInterface
  interface Responder {
    /** Returns when the response is sent, cut or hung up on; {@code transmission} follows it. */
    void send(Response response, Transmission transmission) throws IOException;
  }
}
