package dev.acktask.e2e.faultinjection;

/** A fault of a request; "after" means that the server applied it and its answer is lost. */
public enum Fault {
  NONE,
  KILL_BEFORE,
  KILL_AFTER,
  CONFLICT,
  FORBIDDEN,
  ERROR,
  TOO_LARGE,
  /** The size limit of etcd, which the API server reports as a temporary error. */
  TOO_LARGE_FOR_ETCD,
  UNAVAILABLE,
  THROTTLED,
  HOLD_BEFORE,
  HOLD_AFTER,
  RESET_BEFORE,
  RESET_AFTER;

  /** The whole injected HTTP answer, in ASCII. */
  String answer() {
    String body =
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":%d,"message":"%s"}\
        """
            .formatted(status(), message());
    return """
    HTTP/1.1 %d Injected\r
    Content-Type: application/json\r
    Content-Length: %d\r
    Connection: close\r
    \r
    %s\
    """
        .formatted(status(), body.length(), body);
  }

  private int status() {
    return switch (this) {
      case CONFLICT -> 409;
      case FORBIDDEN -> 403;
      case ERROR, TOO_LARGE_FOR_ETCD -> 500;
      case TOO_LARGE -> 413;
      case UNAVAILABLE -> 503;
      case THROTTLED -> 429;
      default -> 0;
    };
  }

  private String message() {
    return this == TOO_LARGE_FOR_ETCD ? "etcdserver: request is too large" : "injected";
  }
}
