package dev.acktask.operator.network;

import dev.acktask.operator.proxy.HttpProxy;
import java.io.IOException;

/** The proxy gave no connection to the destination; nothing was sent to the destination. */
public final class ProxyFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the proxy did. */
  public enum Reason {
    /** Its name did not resolve, or no connection to it was possible. */
    UNREACHABLE,
    /** It asks for credentials, or for others (407). */
    UNAUTHENTICATED,
    /** It refuses this destination (another status than 2xx). */
    REFUSED,
    /** It closed the connection, or does not speak HTTP. */
    NOT_A_PROXY
  }

  private final Reason reason;
  private final String proxy;
  private final int status;

  ProxyFailure(Reason reason, HttpProxy proxy, int status) {
    super(reason + " by " + proxy);
    this.reason = reason;
    this.proxy = proxy.toString();
    this.status = status;
  }

  /** A failure without an answer of the proxy. */
  static ProxyFailure because(Reason reason, HttpProxy proxy, IOException cause) {
    ProxyFailure failure = new ProxyFailure(reason, proxy, 0);
    failure.initCause(cause);
    return failure;
  }

  public Reason reason() {
    return reason;
  }

  /** The address of the proxy, without credentials. */
  public String proxy() {
    return proxy;
  }

  /** Names the proxy, the cause and the action. */
  public String sentence() {
    return switch (reason) {
      case UNREACHABLE ->
          "No connection to the proxy "
              + proxy
              + ". Check HTTPS_PROXY, NO_PROXY, DNS and egress rules.";
      case UNAUTHENTICATED ->
          "The proxy "
              + proxy
              + " asks for credentials that it was not given (HTTP 407). Write user and password"
              + " into HTTPS_PROXY; the operator sends them as Basic.";
      case REFUSED ->
          "The proxy "
              + proxy
              + " refused the connection to the endpoint (HTTP "
              + status
              + "). Allow CONNECT to the endpoint there, or name the endpoint in NO_PROXY.";
      case NOT_A_PROXY ->
          "What answers at "
              + proxy
              + " gives no connection as an HTTP proxy does. Check HTTPS_PROXY; its TLS port is not"
              + " supported.";
    };
  }

  /** HTTP status of the proxy's answer; 0 without an answer. */
  public int status() {
    return status;
  }
}
