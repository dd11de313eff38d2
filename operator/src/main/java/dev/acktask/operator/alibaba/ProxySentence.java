package dev.acktask.operator.alibaba;

import dev.acktask.operator.http.ProxyFailure;

/** Says what a proxy did and what to do about it, for the person who runs the cluster. */
final class ProxySentence {
  private ProxySentence() {}

  static String of(ProxyFailure failure) {
    String proxy = failure.proxy();
    return switch (failure.reason()) {
      case UNREACHABLE ->
          "No connection to the proxy "
              + proxy
              + ". Check HTTPS_PROXY, NO_PROXY, DNS and egress rules; it is asked again with growing"
              + " pauses.";
      case UNAUTHENTICATED ->
          "The proxy "
              + proxy
              + " asks for credentials that it was not given (HTTP 407). Write user and password into"
              + " HTTPS_PROXY; the operator sends them as Basic.";
      case REFUSED ->
          "The proxy "
              + proxy
              + " refused the connection to the endpoint (HTTP "
              + failure.status()
              + "). Allow CONNECT to the endpoint there, or name the endpoint in NO_PROXY.";
      case NOT_A_PROXY ->
          "What answers at "
              + proxy
              + " gives no connection as an HTTP proxy does. Check HTTPS_PROXY; its TLS port is not"
              + " supported.";
    };
  }
}
