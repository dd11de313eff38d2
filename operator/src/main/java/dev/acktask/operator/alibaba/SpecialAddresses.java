package dev.acktask.operator.alibaba;

import dev.acktask.operator.proxy.CidrBlock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The special-purpose address registries of IANA (RFC 6890), reduced to where a cloud endpoint can
 * be. One row for each block; the first matching row decides.
 */
final class SpecialAddresses {
  /** Where an address can be reached from. */
  enum Reach {
    /** Anywhere: unicast addresses of the Internet. */
    PUBLIC,
    /** A private network, a VPC among them. */
    PRIVATE,
    /** Nowhere that an endpoint of the cloud is. */
    NEVER,
    /** Where the IPv4 address in its last 32 bits can be reached from. */
    AS_ITS_IPV4
  }

  private record Row(CidrBlock block, Reach reach) {}

  private static final List<Row> TABLE =
      List.of(
          row("100.100.100.200/32", Reach.NEVER), // metadata of ECS: has the node's credentials
          row("fd00:100::100:200/128", Reach.NEVER), // the same over IPv6
          row("0.0.0.0/8", Reach.NEVER), // this network, RFC 791
          row("10.0.0.0/8", Reach.PRIVATE), // RFC 1918
          row("100.64.0.0/10", Reach.PRIVATE), // shared, RFC 6598; VPC endpoints of the cloud
          row("127.0.0.0/8", Reach.NEVER), // loopback, RFC 1122
          row("169.254.0.0/16", Reach.NEVER), // link-local, RFC 3927
          row("172.16.0.0/12", Reach.PRIVATE), // RFC 1918
          row("192.0.0.0/24", Reach.NEVER), // protocol assignments, RFC 6890
          row("192.0.2.0/24", Reach.NEVER), // documentation, RFC 5737
          row("192.31.196.0/24", Reach.NEVER), // AS112, RFC 7535: global, but DNS sinks only
          row("192.52.193.0/24", Reach.NEVER), // multicast tunnels, RFC 7450
          row("192.88.99.0/24", Reach.NEVER), // 6to4 relays, deprecated by RFC 7526
          row("192.168.0.0/16", Reach.PRIVATE), // RFC 1918
          row("192.175.48.0/24", Reach.NEVER), // AS112, RFC 7534
          row("198.18.0.0/15", Reach.NEVER), // benchmarks, RFC 2544
          row("198.51.100.0/24", Reach.NEVER), // documentation, RFC 5737
          row("203.0.113.0/24", Reach.NEVER), // documentation, RFC 5737
          row("224.0.0.0/4", Reach.NEVER), // multicast, RFC 5771
          row("240.0.0.0/4", Reach.NEVER), // reserved, RFC 1112, with the broadcast of RFC 919
          row("0.0.0.0/0", Reach.PUBLIC),
          row("64:ff9b::/96", Reach.AS_ITS_IPV4), // NAT64, RFC 6052
          row("64:ff9b:1::/48", Reach.NEVER), // local NAT64, RFC 8215: where the IPv4 is varies
          row("2001::/23", Reach.NEVER), // protocol assignments, RFC 2928: Teredo, ORCHID, …
          row("2001:db8::/32", Reach.NEVER), // documentation, RFC 3849
          row("2002::/16", Reach.NEVER), // 6to4, RFC 3056
          row("2620:4f:8000::/48", Reach.NEVER), // AS112, RFC 7534
          row("3fff::/20", Reach.NEVER), // documentation, RFC 9637
          row("2000::/3", Reach.PUBLIC), // all global unicast that IANA allocates, RFC 4291
          row("fc00::/7", Reach.PRIVATE), // unique local, RFC 4193
          // Loopback, unspecified, IPv4-compatible, discard, SRv6, link- and site-local, multicast.
          row("::/0", Reach.NEVER));

  private SpecialAddresses() {}

  private static Row row(String block, Reach reach) {
    int slash = block.indexOf('/');
    try {
      InetAddress prefix = InetAddress.getByName(block.substring(0, slash));
      return new Row(new CidrBlock(prefix, Integer.parseInt(block.substring(slash + 1))), reach);
    } catch (UnknownHostException notAnAddress) {
      throw new IllegalStateException(notAnAddress);
    }
  }

  static Reach reach(InetAddress address) {
    byte[] bytes = address.getAddress();
    return isMapped(bytes) ? reach(lastFour(bytes)) : reach(bytes);
  }

  private static Reach reach(byte[] address) {
    if (isIsatap(address)) {
      return Reach.NEVER;
    }
    Reach reach =
        TABLE.stream()
            .filter(row -> row.block().contains(address))
            .findFirst()
            .orElseThrow()
            .reach();
    return reach == Reach.AS_ITS_IPV4 ? reach(lastFour(address)) : reach;
  }

  /** {@code ::ffff:0:0/96}, RFC 4291; the JDK turns most of these into IPv4 addresses itself. */
  private static boolean isMapped(byte[] address) {
    byte[] prefix = new byte[12];
    prefix[10] = (byte) 0xff;
    prefix[11] = (byte) 0xff;
    return address.length == 16 && Arrays.equals(Arrays.copyOf(address, 12), prefix);
  }

  /** With any prefix: an interface id {@code 0:5efe:a.b.c.d} or {@code 200:5efe:…}, RFC 5214. */
  private static boolean isIsatap(byte[] address) {
    return address.length == 16
        && (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && (address[11] & 0xff) == 0xfe;
  }

  private static byte[] lastFour(byte[] address) {
    return Arrays.copyOfRange(address, 12, 16);
  }
}
