package dev.acktask.simulator.sts;

/** Ends a request of STS with an error. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StsError error;

  RefusedException(StsError error) {
    super(error.code(), null, false, false);
    this.error = error;
  }

  StsError error() {
    return error;
  }
}
