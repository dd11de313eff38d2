package dev.acktask.simulator.tls;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A certificate or key that cannot be used; the message is for the user. */
public final class TlsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
