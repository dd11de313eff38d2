package dev.acktask.operator.management;

/** Authorizes requests for the metrics. */
public interface MetricsAccess {
  /** Allows all requests. */
  MetricsAccess OPEN = authorization -> Answer.ALLOWED;

  /** Result of the authorization, with its HTTP status. */
  enum Answer {
    ALLOWED(200, "ok"),
    UNAUTHENTICATED(401, "Metrics need the bearer token of a user of this cluster."),
    FORBIDDEN(403, "This user may not get the non-resource URL /metrics."),
    /** The review failed; the metrics are not served. */
    UNAVAILABLE(503, "The API server did not review the token; try again.");

    private final int status;
    private final String text;

    Answer(int status, String text) {
      this.status = status;
      this.text = text;
    }

    HandlerResponse content() {
      return HandlerResponse.line(status, text);
    }
  }

  /**
   * Authorizes one request; may wait for the API server.
   *
   * @param authorization value of the Authorization header; empty if absent
   */
  Answer check(String authorization);
}
