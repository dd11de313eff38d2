package dev.acktask.operator.alibaba;

import java.net.URI;

/** Where the requests of one connection go; made by {@link EndpointTemplate} only. */
public final class Endpoint {
  private final URI base;
  private final AddressRange addresses;

  /**
   * Takes what was checked.
   *
   * @param base scheme, host and perhaps a port; no path
   * @param addresses what the host's name may stand for
   */
  Endpoint(URI base, AddressRange addresses) {
    this.base = base;
    this.addresses = addresses;
  }

  /** Scheme, host and perhaps a port. */
  public URI base() {
    return base;
  }

  AddressRange addresses() {
    return addresses;
  }

  /** The resource at {@code path}, which is already percent-encoded and starts with a slash. */
  URI at(String path) {
    return URI.create(base + path);
  }

  /**
   * The {@code host} header exactly as the JDK sends it, because it is signed: the port is there
   * when the URI names one that is not the scheme's own.
   */
  String hostHeader() {
    int port = base.getPort();
    boolean isDefault = port == -1 || port == (base.getScheme().equals("https") ? 443 : 80);
    return isDefault ? base.getHost() : base.getHost() + ":" + port;
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
