package dev.acktask.simulator.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code acktask-simulator await}: what is to follow a simulator can wait for it. */
@Command(
    name = "await",
    description = {
      "",
      "Waits until a simulator accepts connections, then exits with 0; with 1 if it never does.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionFromManifest.class,
    sortOptions = false,
    usageHelpAutoWidth = true)
final class AwaitCommand implements Callable<Integer> {
  private static final Pattern ADDRESS = Pattern.compile("(.+):([1-9][0-9]{0,4})");
  private static final int MOST_PORT = 65_535;
  private static final int CONNECT_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 500;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "HOST:PORT", description = "Where it is to listen.")
  String address = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "2m",
      description = "How long to wait (default: ${DEFAULT-VALUE}).")
  Duration limit = Duration.ofMinutes(2);

  @Override
  public Integer call() throws IOException, InterruptedException {
    Matcher parts = ADDRESS.matcher(address);
    int port = parts.matches() ? Integer.parseInt(parts.group(2)) : MOST_PORT + 1;
    if (port > MOST_PORT) {
      throw new ParameterException(spec.commandLine(), "'" + address + "': expected HOST:PORT");
    }
    String host = parts.group(1);
    long end = System.nanoTime() + limit.toNanos();
    while (!accepts(host, port)) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("nothing accepted a connection at " + address);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return 0;
  }

  /** The name is resolved again each time: a new name of a cluster is not known at once. */
  private static boolean accepts(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
