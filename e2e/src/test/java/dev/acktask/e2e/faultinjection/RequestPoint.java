package dev.acktask.e2e.faultinjection;

/**
 * One request of a run, with an identity that is the same in the next run.
 *
 * @param occurrence number of the request among those for {@code operation}, from 1
 */
record RequestPoint(String operation, int occurrence) {
  private static final String LEASE = " the lease";

  static String operation(Call call) {
    String path = call.path();
    if (call.isLease()) {
      return call.method() + LEASE;
    }
    if (path.startsWith("/tasks/")) {
      return "read the task";
    }
    if (path.endsWith("/status")) {
      return "write the status";
    }
    if (path.endsWith("/acktasks")) {
      return call.isWatch() ? "watch" : "list";
    }
    if (path.contains("/acktasks/")) {
      return "read the object";
    }
    if (path.endsWith("/events")) {
      return "create an event";
    }
    return call.method() + " " + path;
  }

  boolean ofTheLease() {
    return operation.endsWith(LEASE);
  }

  /**
   * True for a request about the object, its task or an event, not about connections, discoveries,
   * gates or namespaces.
   */
  boolean ofTheTask() {
    return !ofTheLease()
        && !operation.contains("connections")
        && !operation.contains("acktaskdiscoveries")
        && !operation.contains("acktaskgates")
        && !operation.contains("accessreviews")
        && !operation.endsWith("/namespaces");
  }

  @Override
  public String toString() {
    return operation + " #" + occurrence;
  }
}
