package dev.acktask.operator.alibaba;

import dev.acktask.operator.http.Origin;
import java.net.URI;

/** Where the requests of one connection go; made by {@link EndpointTemplate} only. */
public final class Endpoint {
  private final URI base;
  private final Origin origin;
  private final AddressRange addresses;

  /**
   * Takes what was checked.
   *
   * @param base scheme, host and perhaps a port; no path
   * @param addresses what the host's name may stand for
   */
  Endpoint(URI base, AddressRange addresses) {
    this.base = base;
    this.origin = Origin.of(base);
    this.addresses = addresses;
  }

  /** Scheme, host and perhaps a port. */
  public URI base() {
    return base;
  }

  AddressRange addresses() {
    return addresses;
  }

  Origin origin() {
    return origin;
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
