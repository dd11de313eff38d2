package dev.acktask.operator.network;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host that may be connected to, in the order to try them. */
@FunctionalInterface
public interface Addresses {
  /**
   * All addresses of {@code host}; may block.
   *
   * @throws IOException when there is none, or one is not allowed
   */
  List<InetAddress> of(String host) throws IOException;
}
