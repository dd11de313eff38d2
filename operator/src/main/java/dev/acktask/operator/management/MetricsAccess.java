package dev.acktask.operator.management;

/** Decides who may read the metrics. */
public interface MetricsAccess {
  /** Everyone who reaches the port. */
  MetricsAccess OPEN = authorization -> Answer.ALLOWED;

  /** What the client gets. */
  enum Answer {
    ALLOWED(200, "ok"),
    UNAUTHENTICATED(401, "Metrics need the bearer token of a user of this cluster."),
    FORBIDDEN(403, "This user may not get the non-resource URL /metrics."),
    /** The answer is not known; then nothing is shown. */
    UNAVAILABLE(503, "The API server did not review the token; try again.");

    private final int status;
    private final String text;

    Answer(int status, String text) {
      this.status = status;
      this.text = text;
    }

    Content content() {
      return Content.line(status, text);
    }
  }

  /**
   * Decides about one request; may wait for the API server.
   *
   * @param authorization the header of that name; empty when the client sent none
   */
  Answer check(String authorization);
}
