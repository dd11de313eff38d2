package dev.acktask.operator.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** An address that never answers: a listener whose accept queue is full drops further requests. */
final class FullQueue implements AutoCloseable {
  private static final int MORE_THAN_FIT = 4;

  private final ServerSocket listener = new ServerSocket();
  private final List<SocketChannel> waiting = new ArrayList<>();

  FullQueue(InetAddress address, int port) throws IOException {
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(address, port), 1);
    for (int i = 0; i < MORE_THAN_FIT; i++) {
      SocketChannel client = SocketChannel.open();
      client.configureBlocking(false);
      client.connect(new InetSocketAddress(address, port));
      waiting.add(client);
    }
  }

  InetAddress address() {
    return listener.getInetAddress();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel client : waiting) {
      client.close();
    }
    listener.close();
  }
}
