package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loopback ports below the range of outgoing connections. The port of a stopped server stays free,
 * and a client that keeps connecting to it never connects to itself. Two control planes of one JVM
 * never get the same port.
 */
final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  private final Random random = new Random();

  int next() {
    for (int attempt = 0; attempt < COUNT; attempt++) {
      int port = FIRST + random.nextInt(COUNT);
      if (isFree(port) && TAKEN.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port found");
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
