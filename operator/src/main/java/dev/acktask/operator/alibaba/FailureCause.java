package dev.acktask.operator.alibaba;

import dev.acktask.operator.http.BodyBudget;
import dev.acktask.operator.http.ProxyFailure;
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
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Tells what an exception of the transport means; its text is for nobody. */
final class FailureCause {
  /** A chain of causes may be a ring. */
  private static final int MAX_CAUSES = 32;

  /** The first that is anywhere in the chain of causes counts. */
  private static final List<Map.Entry<Class<? extends Throwable>, LostAnswer>> MEANINGS =
      List.of(
          Map.entry(BodyBudget.Exhausted.class, LostAnswer.NO_MEMORY),
          Map.entry(ProxyFailure.class, LostAnswer.PROXY),
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
    List<Throwable> causes = causes(failure);
    LostAnswer meaning =
        MEANINGS.stream()
            .filter(known -> causes.stream().anyMatch(known.getKey()::isInstance))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(LostAnswer.UNEXPECTED);
    return meaning == LostAnswer.TLS ? TlsFailure.of(causes) : meaning;
  }

  /** The failure and the wrappers' real causes behind it. */
  private static List<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .toList();
  }
}
