package dev.acktask.simulator.http;

import java.io.IOException;

/** What came in is not a request that this server reads; the connection cannot go on. */
public final class MalformedRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedRequestException(String message) {
    super(message);
  }
}
