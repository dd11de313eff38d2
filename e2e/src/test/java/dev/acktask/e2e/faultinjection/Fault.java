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

  /** HTTP status of the injected answer; 0 for none. */
  int status() {
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

  String message() {
    return this == TOO_LARGE_FOR_ETCD ? "etcdserver: request is too large" : "injected";
  }
}
