package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Loopback ports below the range of outgoing connections. The port of a stopped server stays free,
 * and a client that keeps connecting to it never connects to itself. Each process that runs tests
 * has ports of its own, so that none takes a port between the choice and the start of a server.
 */
final class FreePorts {
  private static final int COUNT = 5_000;
  private static final int FORKS = 2;
  private static final int FIRST = 20_000 + (Settings.fork() - 1) % FORKS * COUNT;

  private final Random random = new Random();
  private final Set<Integer> taken = new HashSet<>();

  int next() {
    for (int attempt = 0; attempt < COUNT; attempt++) {
      int port = FIRST + random.nextInt(COUNT);
      if (isFree(port) && taken.add(port)) {
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
