package dev.acktask.operator.alibaba;

import dev.acktask.operator.network.ProxyFailure;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
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
import org.eclipse.jetty.client.HttpResponseException;

/** Why a request got no complete answer, with a message that names the cause and the action. */
public enum TransportError {
  TIMED_OUT(
      "No complete answer came within the call timeout. Check the way from the cluster to the"
          + " endpoint; it is asked again with growing pauses."),
  NAME_NOT_RESOLVED(
      "The endpoint's host name could not be resolved. Check the region id and the cluster's DNS."),
  ADDRESS_REFUSED(
      "The endpoint's host name resolves to an address that requests are never sent to: loopback,"
          + " link-local, multicast or, for a public endpoint, private. Check DNS; use network VPC"
          + " for VPC endpoints."),
  NOT_CONNECTED(
      "No connection to the endpoint. Check egress rules and network policies; it is asked again"
          + " with growing pauses."),
  CONNECTION_DIED(
      "The connection to the endpoint broke before a complete answer had come. It is asked again"
          + " with growing pauses."),
  TLS_UNTRUSTED(
      Failure.TLS_ERROR,
      "The endpoint's certificate comes from an authority that is not trusted. If a proxy opens TLS"
          + " on the way, put the proxy's authority into ACKTASK_CA_BUNDLE (chart value caBundle);"
          + " otherwise check where the endpoint's name leads."),
  TLS_EXPIRED(
      Failure.TLS_ERROR,
      "The endpoint's certificate is expired or not valid yet. Check the clock of the node, and the"
          + " certificate of a proxy that opens TLS."),
  TLS_WRONG_HOST(
      Failure.TLS_ERROR,
      "The endpoint's certificate is for another host. Check the endpoint's URL, DNS, and gateways"
          + " before it."),
  TLS_PLAINTEXT(
      Failure.TLS_ERROR,
      "The endpoint answered in plain text where TLS is expected. Check the endpoint's port and the"
          + " proxies before it."),
  TLS_PROTOCOL(
      Failure.TLS_ERROR,
      "The endpoint and the operator have no version of TLS (1.2 or newer) or no cipher suite in"
          + " common. Check what answers in the endpoint's place."),
  TLS(
      Failure.TLS_ERROR,
      "The TLS handshake with the endpoint failed. Check the proxies and gateways before it."),
  NOT_HTTP(
      Failure.RESPONSE_INVALID,
      "What answered does not speak HTTP as it should. Check the endpoint and the proxies before"
          + " it."),
  NO_MEMORY(
      "Large answers took the memory for answers until the call timeout. It is asked again with"
          + " growing pauses; if it lasts, give the operator more memory or lower"
          + " ACKTASK_MAX_CONCURRENT_CALLS."),
  PROXY("The proxy gave no connection to the endpoint."),
  INTERRUPTED("The call was given up because the operator is stopping."),
  UNEXPECTED(
      "The call failed for a reason that the operator does not know. It is asked again with growing"
          + " pauses.");

  /** Bounds the walk: a chain of causes may be a cycle. */
  private static final int MAX_CAUSES = 32;

  /** The first row whose class occurs anywhere in the chain of causes decides. */
  private static final List<Map.Entry<Class<? extends Throwable>, TransportError>> BY_CLASS =
      List.of(
          Map.entry(BodyBudget.Exhausted.class, NO_MEMORY),
          Map.entry(ProxyFailure.class, PROXY),
          Map.entry(AddressResolver.Refused.class, ADDRESS_REFUSED),
          Map.entry(SocketTimeoutException.class, NOT_CONNECTED), // of a connect
          Map.entry(InterruptedIOException.class, TIMED_OUT),
          Map.entry(SSLException.class, TLS),
          Map.entry(GeneralSecurityException.class, TLS),
          Map.entry(UnknownHostException.class, NAME_NOT_RESOLVED),
          Map.entry(ConnectException.class, NOT_CONNECTED),
          Map.entry(NoRouteToHostException.class, NOT_CONNECTED),
          Map.entry(ProtocolException.class, NOT_HTTP),
          Map.entry(HttpResponseException.class, NOT_HTTP),
          Map.entry(IOException.class, CONNECTION_DIED));

  private final Failure failure;
  private final String message;

  TransportError(String message) {
    this(Failure.API_UNAVAILABLE, message);
  }

  TransportError(Failure failure, String message) {
    this.failure = failure;
    this.message = message;
  }

  public Failure failure() {
    return failure;
  }

  public String message() {
    return message;
  }

  /** Classifies an exception of the transport by its type; only TLS failures also by message. */
  static TransportError of(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    TransportError error =
        BY_CLASS.stream()
            .filter(row -> causes.stream().anyMatch(row.getKey()::isInstance))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(UNEXPECTED);
    return error == TLS ? TlsFailure.of(causes) : error;
  }

  private static List<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES).toList();
  }
}
