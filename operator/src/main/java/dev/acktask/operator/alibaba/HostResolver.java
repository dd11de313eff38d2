package dev.acktask.operator.alibaba;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host name. */
@FunctionalInterface
public interface HostResolver {
  /** All addresses of {@code host}; may block. */
  InetAddress[] resolve(String host) throws UnknownHostException;

  /** The JDK's resolver; it keeps answers for 30 seconds, so the connection uses the same ones. */
  static HostResolver system() {
    return InetAddress::getAllByName;
  }
}
