package dev.acktask.operator.proxy;

import java.net.InetAddress;

/**
 * A block of IP addresses.
 *
 * @param bits length of the prefix, at most that of {@code prefix}
 */
public record CidrBlock(InetAddress prefix, int bits) {

  /** True if {@code address}, 4 or 16 bytes, is of the same family and in this block. */
  public boolean contains(byte[] address) {
    byte[] wanted = prefix.getAddress();
    if (address.length != wanted.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((address[bit / 8] & mask) != (wanted[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
