package dev.acktask.operator.alibaba;

import dev.acktask.operator.network.Origin;
import java.net.URI;

/** The URL that requests go to, with the addresses that its host name may resolve to. */
public final class Endpoint {
  private final URI base;
  private final Origin origin;
  private final AddressPolicy addresses;

  /**
   * @param base scheme, host and optionally a port; no path
   * @param addresses the range that the host name may resolve to
   */
  public Endpoint(URI base, AddressPolicy addresses) {
    this.base = base;
    this.origin = Origin.of(base);
    this.addresses = addresses;
  }

  /** Scheme, host and optionally a port. */
  public URI base() {
    return base;
  }

  public AddressPolicy addresses() {
    return addresses;
  }

  public Origin origin() {
    return origin;
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
