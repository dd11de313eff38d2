package dev.acktask.operator.alibaba;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/** Tells what an exception of the HTTP client means; its text is for nobody. */
final class FailureCause {
  /** A chain of causes may be a ring. */
  private static final int MAX_CAUSES = 32;

  private FailureCause() {}

  static LostAnswer of(Throwable failure) {
    if (has(failure, SSLException.class) || has(failure, GeneralSecurityException.class)) {
      return LostAnswer.TLS;
    }
    if (has(failure, UnknownHostException.class)
        || has(failure, UnresolvedAddressException.class)) {
      return LostAnswer.NAME_NOT_RESOLVED;
    }
    if (has(failure, HttpConnectTimeoutException.class)) {
      return LostAnswer.NOT_CONNECTED;
    }
    if (has(failure, HttpTimeoutException.class)) {
      return LostAnswer.TIMED_OUT;
    }
    if (has(failure, ConnectException.class) || has(failure, NoRouteToHostException.class)) {
      return LostAnswer.NOT_CONNECTED;
    }
    if (has(failure, ProtocolException.class)) {
      return LostAnswer.NOT_HTTP;
    }
    return has(failure, IOException.class) ? LostAnswer.CONNECTION_DIED : LostAnswer.UNEXPECTED;
  }

  /** Looks through the wrappers that futures and the HTTP client put around the real cause. */
  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
