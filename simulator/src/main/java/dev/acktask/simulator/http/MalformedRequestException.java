package dev.acktask.simulator.http;

import java.io.IOException;

/** The bytes received are not a supported HTTP request; the connection must be closed. */
public final class MalformedRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedRequestException(String message) {
    super(message);
  }
}
