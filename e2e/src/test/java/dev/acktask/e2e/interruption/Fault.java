package dev.acktask.e2e.interruption;

/** What befalls a request; "after" means that the server has applied it and the answer is lost. */
public enum Fault {
  NONE,
  KILL_BEFORE,
  KILL_AFTER,
  CONFLICT,
  FORBIDDEN,
  ERROR,
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
      case ERROR -> 500;
      case UNAVAILABLE -> 503;
      case THROTTLED -> 429;
      default -> 0;
    };
  }
}
