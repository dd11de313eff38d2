package dev.acktask.e2e.connections;

import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of an operator whose regions are all served by one simulator. */
final class OperatorSettings {
  /** Lines of a hosts file. Not every system resolves names below localhost. */
  static final String HOSTS =
      "127.0.0.1 localhost cs.cn-hangzhou.localhost cs.cn-beijing.localhost"
          + " cs.cn-shanghai.localhost\n";

  private OperatorSettings() {}

  /**
   * Environment variables for the simulator at {@code port}.
   *
   * @param overrides others, or other values
   */
  static Map<String, String> of(int port, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    settings.put("ACKTASK_ENDPOINT_PUBLIC", "http://cs.{region}.localhost:" + port);
    settings.put("ACKTASK_STS_ENDPOINT_PUBLIC", "http://localhost:" + port);
    settings.put("ACKTASK_LOG_LEVEL", "trace");
    settings.putAll(resolving(Settings.output().resolve("hosts-of-regions"), ""));
    settings.putAll(overrides);
    return settings;
  }

  /**
   * The setting for names that resolve as {@link #HOSTS} and {@code more} say.
   *
   * @param file is replaced
   */
  static Map<String, String> resolving(Path file, String more) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, HOSTS + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + file);
  }
}
