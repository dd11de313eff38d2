package dev.acktask.operator.health;

/** Checks one kind of work of the process. */
@FunctionalInterface
public interface HealthCheck {
  /** Dead if the work does not go on although nothing outside the process prevents it. */
  Health check();
}
