package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressRangeTest {
  @ParameterizedTest(name = "{0}: public {1}, private {2}")
  @CsvSource({
    "47.97.242.1, true, true",
    "2408:4000::1, true, true",
    "64:ff9b::2f61:f201, true, true",
    "100.100.1.1, true, true",
    "10.0.0.1, false, true",
    "172.16.0.1, false, true",
    "172.31.255.255, false, true",
    "172.32.0.1, true, true",
    "192.168.1.1, false, true",
    "fd00::1, false, true",
    "fc00::1, false, true",
    "fec0::1, false, true",
    "64:ff9b::a00:1, false, true",
    "127.0.0.1, false, false",
    "127.255.255.255, false, false",
    "0.0.0.0, false, false",
    "0.1.2.3, false, false",
    "169.254.169.254, false, false",
    "100.100.100.200, false, false",
    "224.0.0.1, false, false",
    "255.255.255.255, false, false",
    "::1, false, false",
    "::, false, false",
    "fe80::1, false, false",
    "ff02::1, false, false",
    "64:ff9b::a9fe:a9fe, false, false",
    "::7f00:1, false, false"
  })
  void f49ShouldAllowOnlyAddressesOfTheRange(String address, boolean asPublic, boolean asPrivate)
      throws Exception {
    InetAddress parsed = InetAddress.getByName(address);

    assertEquals(asPublic, AddressRange.PUBLIC.allows(parsed));
    assertEquals(asPrivate, AddressRange.PRIVATE.allows(parsed));
    assertEquals(true, AddressRange.ANY.allows(parsed));
  }

  @Test
  void f49ShouldSeeThroughMappedAddresses() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = (byte) 169;
    mapped[13] = (byte) 254;

    assertEquals(false, AddressRange.PRIVATE.allows(Inet6Address.getByAddress("host", mapped, -1)));
  }
}
