package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;

/** Why there is no complete answer to a request, and what to tell people about it. */
enum LostAnswer {
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

  private final Failure failure;
  private final String message;

  LostAnswer(String message) {
    this(Failure.API_UNAVAILABLE, message);
  }

  LostAnswer(Failure failure, String message) {
    this.failure = failure;
    this.message = message;
  }

  Failure failure() {
    return failure;
  }

  String message() {
    return message;
  }
}
