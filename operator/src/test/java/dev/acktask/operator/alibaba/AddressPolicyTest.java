package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressPolicyTest {
  @ParameterizedTest(name = "{0}: public {1}, private {2}")
  @Tag("F49")
  @CsvSource({
    "47.97.242.1, true, true",
    "2408:4000::1, true, true",
    "64:ff9b::2f61:f201, true, true",
    "99.255.255.255, true, true",
    "100.63.255.255, true, true",
    "100.64.0.0, false, true",
    "100.100.1.1, false, true",
    "100.127.255.255, false, true",
    "100.128.0.0, true, true",
    "192.0.1.0, true, true",
    "192.0.0.0, false, false",
    "192.0.0.9, false, false",
    "192.0.0.255, false, false",
    "192.0.2.1, false, false",
    "192.31.196.1, false, false",
    "192.52.193.1, false, false",
    "192.88.99.1, false, false",
    "192.175.48.1, false, false",
    "198.17.255.255, true, true",
    "198.18.0.0, false, false",
    "198.19.255.255, false, false",
    "198.20.0.0, true, true",
    "198.51.100.1, false, false",
    "203.0.113.1, false, false",
    "239.255.255.255, false, false",
    "240.0.0.1, false, false",
    "64:ff9b::6440:1, false, true",
    "64:ff9b::6464:64c8, false, false",
    "64:ff9b::c612:1, false, false",
    "64:ff9b:1::2f61:f201, false, false",
    "64:ff9b:1:ffff::2f61:f201, false, false",
    "64:ff9b:2::2f61:f201, false, false",
    "::2f61:f201, false, false",
    "::ffff:0:2f61:f201, false, false",
    "100::1, false, false",
    "100:0:0:1::1, false, false",
    "2001::2f61:f201, false, false",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, false, false",
    "2001:2::1, false, false",
    "2001:10::1, false, false",
    "2001:20::1, false, false",
    "2001:1ff:ffff::1, false, false",
    "2001:200::1, true, true",
    "2001:db8::1, false, false",
    "2002:2f61:f201::1, false, false",
    "2002:a00:1::1, false, false",
    "2620:4f:8000::1, false, false",
    "3fff::1, false, false",
    "3fff:fff:ffff::1, false, false",
    "3fff:1000::1, true, true",
    "4000::1, false, false",
    "5f00::1, false, false",
    "2408:4000::5efe:2f61:f201, false, false",
    "2408:4000::200:5efe:2f61:f201, false, false",
    "2408:4000::5eff:2f61:f201, true, true",
    "fd00::5efe:a00:1, false, false",
    "10.0.0.1, false, true",
    "172.16.0.1, false, true",
    "172.31.255.255, false, true",
    "172.32.0.1, true, true",
    "192.168.1.1, false, true",
    "fd00::1, false, true",
    "fc00::1, false, true",
    "fec0::1, false, false",
    "64:ff9b::a00:1, false, true",
    "127.0.0.1, false, false",
    "127.255.255.255, false, false",
    "0.0.0.0, false, false",
    "0.1.2.3, false, false",
    "169.254.169.254, false, false",
    "100.100.100.200, false, false",
    "fd00:100::100:200, false, false",
    "fd00:100::100:201, false, true",
    "224.0.0.1, false, false",
    "255.255.255.255, false, false",
    "::1, false, false",
    "::, false, false",
    "fe80::1, false, false",
    "ff02::1, false, false",
    "64:ff9b::a9fe:a9fe, false, false",
    "::7f00:1, false, false"
  })
  void shouldAllowOnlyAddressesOfTheRange(String address, boolean asPublic, boolean asPrivate)
      throws Exception {
    InetAddress parsed = InetAddress.getByName(address);

    assertEquals(asPublic, AddressPolicy.PUBLIC.allows(parsed));
    assertEquals(asPrivate, AddressPolicy.PRIVATE.allows(parsed));
    assertEquals(true, AddressPolicy.ANY.allows(parsed));
  }

  @Test
  @Tag("F49")
  void shouldCheckTheIpv4OfMappedAddresses() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = (byte) 169;
    mapped[13] = (byte) 254;

    assertEquals(
        false, AddressPolicy.PRIVATE.allows(Inet6Address.getByAddress("host", mapped, -1)));
  }
}
