package dev.acktask.e2e.cluster;

import java.nio.file.Path;

/** Paths from system properties of the build; the defaults fit a run from an IDE. */
public final class Settings {
  private Settings() {}

  /** The root of the repository. */
  public static Path repository() {
    return path("acktask.repository", "..");
  }

  /** The packaged operator. */
  public static Path operatorJar() {
    return path("acktask.operator.jar", "../operator/target/acktask-operator.jar");
  }

  /** Logs, keys and data of this run. */
  public static Path output() {
    return path("acktask.e2e.output", "target/e2e");
  }

  /** True when missing programs fail the build instead of skipping the tests. */
  public static boolean required() {
    String value =
        System.getProperty("ACKTASK_E2E_REQUIRED", System.getenv("ACKTASK_E2E_REQUIRED"));
    return Boolean.parseBoolean(value);
  }

  private static Path path(String property, String fallback) {
    return Path.of(System.getProperty(property, fallback)).toAbsolutePath().normalize();
  }
}
