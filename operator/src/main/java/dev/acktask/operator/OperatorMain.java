package dev.acktask.operator;

/** The composition root: the only place that builds I/O. */
public final class OperatorMain {
  private OperatorMain() {}

  /** Starts the operator against the current kube context. */
  public static void main(String[] args) {}
}
