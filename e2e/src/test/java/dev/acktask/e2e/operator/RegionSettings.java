package dev.acktask.e2e.operator;

import dev.acktask.e2e.cluster.Settings;
import dev.acktask.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
    Map<String, String> settings = new HashMap<>();
    settings.put("ACKTASK_ENDPOINT_PUBLIC", "http://cs.{region}.localhost:" + port);
    settings.put("ACKTASK_STS_ENDPOINT_PUBLIC", "http://localhost:" + port);
    settings.putAll(resolving(Settings.output().resolve("hosts-" + port), hosts(regions)));
    return settings;
  }

  /** A hosts file for the regions: not every system resolves names below localhost. */
  public static String hosts(List<String> regions) {
    return regions.stream()
        .map(region -> " cs." + region + ".localhost")
        .collect(Collectors.joining("", "127.0.0.1 localhost", "\n"));
  }

  /**
   * The setting for names that resolve as a hosts file says, and no others.
   *
   * @param file is replaced
   * @param lines of it
   */
  public static Map<String, String> resolving(Path file, String lines) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + file);
  }
}
