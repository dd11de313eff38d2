package dev.acktask.operator.alibaba;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Resolves host names. */
@FunctionalInterface
public interface HostResolver {
  /** All addresses of {@code host}; may block. */
  InetAddress[] resolve(String host) throws UnknownHostException;

  /**
   * The JDK's resolver. It caches results for 30 seconds, so the connection uses the checked ones.
   */
  static HostResolver system() {
    return InetAddress::getAllByName;
  }
}
