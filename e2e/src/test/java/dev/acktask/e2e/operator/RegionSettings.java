package dev.acktask.e2e.operator;

import dev.acktask.e2e.cluster.Settings;
import dev.acktask.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings of an operator that finds every region, and STS, at one simulated cloud. */
public final class RegionSettings {
  private RegionSettings() {}

  /**
   * The settings, for {@link OperatorFixture#replica}.
   *
   * @param regions ids of the regions in use
   */
  public static Map<String, String> of(Simulator cloud, List<String> regions) {
    int port = cloud.endpoint().getPort();
    return Map.of(
        "ACKTASK_ENDPOINT_PUBLIC",
        "http://cs.{region}.localhost:" + port,
        "ACKTASK_STS_ENDPOINT_PUBLIC",
        "http://localhost:" + port,
        "JAVA_TOOL_OPTIONS",
        "-Djdk.net.hosts.file=" + hosts(port, regions));
  }

  /** Not every system resolves names below localhost. */
  private static Path hosts(int port, List<String> regions) {
    String names =
        regions.stream()
            .map(region -> " cs." + region + ".localhost")
            .collect(Collectors.joining());
    try {
      return Files.writeString(
          Files.createDirectories(Settings.output()).resolve("hosts-" + port),
          "127.0.0.1 localhost" + names + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
