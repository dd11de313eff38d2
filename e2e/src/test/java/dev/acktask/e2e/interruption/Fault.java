package dev.acktask.e2e.interruption;

/** What befalls a request; "after" means that the server has applied it and the answer is lost. */
public enum Fault {
  NONE,
  KILL_BEFORE,
  KILL_AFTER,
  CONFLICT,
  FORBIDDEN,
  ERROR,
  TOO_LARGE,
  /** How etcd's own limit comes through: as an error that looks as if it would pass. */
  TOO_LARGE_FOR_ETCD,
  UNAVAILABLE,
  THROTTLED,
  HOLD_BEFORE,
  HOLD_AFTER,
  RESET_BEFORE,
  RESET_AFTER;

  /** The answer that is given in the server's place; 0 for none. */
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

  /** What that answer says. */
  String message() {
    return this == TOO_LARGE_FOR_ETCD ? "etcdserver: request is too large" : "injected";
  }
}
