package dev.acktask.operator;

/** Version of the operator and name of this replica. */
final class BuildInfo {
  private static final int MAX_NAME_LENGTH = 128;

  private BuildInfo() {}

  /** Version in the manifest of the jar, or {@code unknown}. */
  static String version() {
    String version = BuildInfo.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** Name of the pod, at most 128 characters. */
  static String instance() {
    String host = System.getenv("HOSTNAME");
    String name = host == null || host.isBlank() ? "acktask-operator" : host;
    return name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) : name;
  }
}
