package dev.acktask.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for a simulator, in this JVM. */
@Timeout(60)
class AwaitCommandTest {
  private final StringWriter err = new StringWriter();

  private int await(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "await";
    System.arraycopy(args, 0, all, 1, args.length);
    return SimulatorMain.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(err, true))
        .execute(all);
  }

  @Test
  void shouldExitWithZeroOnceConnectionsAreAccepted() throws Exception {
    // given
    int port = freePort();
    FutureTask<Integer> exit = new FutureTask<>(() -> await("127.0.0.1:" + port));

    // when
    Thread waiting = Thread.ofPlatform().start(exit);
    try (ServerSocket late = new ServerSocket()) {
      late.setReuseAddress(true);
      late.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

      // then
      assertEquals(0, exit.get());
    }
    waiting.join();
  }

  @Test
  void shouldExitWithOneWhenNothingListens() throws IOException {
    int port = freePort();

    assertEquals(1, await("127.0.0.1:" + port, "--for=1ms"));
    assertTrue(err.toString().contains("nothing accepted a connection at 127.0.0.1:" + port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:0", "localhost:65536", ":18080", "a:b"})
  void shouldExitWithTwoWhenTheAddressIsWrong(String address) {
    assertEquals(2, await(address));
    assertTrue(err.toString().contains("'" + address + "': expected HOST:PORT"), err::toString);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
