package dev.acktask.operator.alibaba;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * The network addresses that an endpoint's name may stand for. Checked before every call, so that a
 * name made to point at the node, its metadata service or the pod network gets no signed request.
 */
public enum AddressRange {
  /** No private network. */
  PUBLIC,
  /** Private networks as well: VPC endpoints. */
  PRIVATE,
  /** Unchecked, loopback included: tests and the demo only. */
  ANY;

  /** Hands the worker node's own credentials to whoever asks. */
  private static final byte[] METADATA_SERVICE = {100, 100, 100, (byte) 200};

  /** Prefixes of IPv6 addresses that carry an IPv4 address: compatible, mapped, NAT64. */
  private static final byte[][] IPV4_CARRIERS = {
    new byte[12],
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff},
    {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}
  };

  boolean allows(InetAddress address) {
    if (this == ANY) {
      return true;
    }
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] ipv4 = ipv4Of(address.getAddress());
    if (ipv4.length == 0) {
      return this == PRIVATE || !(address.isSiteLocalAddress() || isUniqueLocal(address));
    }
    int first = ipv4[0] & 0xff;
    int second = ipv4[1] & 0xff;
    boolean neverRemote =
        first == 0 || first == 127 || first >= 224 || (first == 169 && second == 254);
    boolean isPrivate =
        first == 10
            || (first == 172 && second >= 16 && second < 32)
            || (first == 192 && second == 168);
    return !neverRemote
        && !Arrays.equals(ipv4, METADATA_SERVICE)
        && (this == PRIVATE || !isPrivate);
  }

  /** The IPv4 address that {@code bytes} is or carries, else nothing. */
  private static byte[] ipv4Of(byte[] bytes) {
    if (bytes.length == 4) {
      return bytes;
    }
    byte[] prefix = Arrays.copyOf(bytes, 12);
    for (byte[] carrier : IPV4_CARRIERS) {
      if (Arrays.equals(prefix, carrier)) {
        return Arrays.copyOfRange(bytes, 12, 16);
      }
    }
    return new byte[0];
  }

  /** {@code fc00::/7}, which the JDK has no name for. */
  private static boolean isUniqueLocal(InetAddress address) {
    return (address.getAddress()[0] & 0xfe) == 0xfc;
  }
}
