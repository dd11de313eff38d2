package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.SpecialAddresses.Reach;
import java.net.InetAddress;

/**
 * The network addresses that an endpoint's host name may resolve to. Checked before every
 * connection: a name that points at the node, its metadata service or the pod network gets no
 * signed request.
 */
public enum AddressPolicy {
  /** Addresses of the Internet only. */
  PUBLIC,
  /**
   * Private networks as well, for VPC endpoints: RFC 1918, unique local addresses, and {@code
   * 100.64.0.0/10}, which Alibaba Cloud uses for its services in a VPC.
   */
  PRIVATE,
  /** Unchecked, loopback included: tests and the demo only. */
  ANY;

  boolean allows(InetAddress address) {
    return switch (this) {
      case ANY -> true;
      case PUBLIC -> SpecialAddresses.reach(address) == Reach.PUBLIC;
      case PRIVATE -> SpecialAddresses.reach(address) != Reach.NEVER;
    };
  }
}
