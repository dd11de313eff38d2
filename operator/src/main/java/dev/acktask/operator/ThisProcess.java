package dev.acktask.operator;

/** What runs here, and under which name. */
final class ThisProcess {
  private static final int LONGEST_NAME = 128;

  private ThisProcess() {}

  /** The version of the operator, as its jar says it. */
  static String version() {
    String version = ThisProcess.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** The name of this replica: that of its pod. */
  static String instance() {
    String host = System.getenv("HOSTNAME");
    String name = host == null || host.isBlank() ? "acktask-operator" : host;
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }
}
