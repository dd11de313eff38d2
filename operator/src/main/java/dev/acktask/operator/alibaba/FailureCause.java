package dev.acktask.operator.alibaba;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Tells what an exception of the transport means; its text is for nobody. */
final class FailureCause {
  /** A chain of causes may be a ring. */
  private static final int MAX_CAUSES = 32;

  /** The first that is anywhere in the chain of causes counts. */
  private static final List<Map.Entry<Class<? extends Throwable>, LostAnswer>> MEANINGS =
      List.of(
          Map.entry(CloudTransport.AddressRefused.class, LostAnswer.ADDRESS_REFUSED),
          Map.entry(SocketTimeoutException.class, LostAnswer.NOT_CONNECTED), // reads have no limit
          Map.entry(InterruptedIOException.class, LostAnswer.TIMED_OUT),
          Map.entry(SSLException.class, LostAnswer.TLS),
          Map.entry(GeneralSecurityException.class, LostAnswer.TLS),
          Map.entry(UnknownHostException.class, LostAnswer.NAME_NOT_RESOLVED),
          Map.entry(ConnectException.class, LostAnswer.NOT_CONNECTED),
          Map.entry(NoRouteToHostException.class, LostAnswer.NOT_CONNECTED),
          Map.entry(ProtocolException.class, LostAnswer.NOT_HTTP),
          Map.entry(IOException.class, LostAnswer.CONNECTION_DIED));

  private FailureCause() {}

  static LostAnswer of(Throwable failure) {
    return MEANINGS.stream()
        .filter(meaning -> has(failure, meaning.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(LostAnswer.UNEXPECTED);
  }

  /** Looks through the wrappers around the real cause. */
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
