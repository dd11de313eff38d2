package dev.acktask.bench.report;

import java.util.ArrayList;
import java.util.List;

/** The figures of one scenario, in the order in which they were added. */
public final class Section {
  private final String scenario;
  private final List<Figure> figures = new ArrayList<>();

  public Section(String scenario) {
    this.scenario = scenario;
  }

  public Section add(String name, double value, String unit) {
    figures.add(new Figure(name, value, unit));
    return this;
  }

  /** Adds a count. */
  public Section count(String name, long value) {
    return add(name, (double) value, "");
  }

  public String scenario() {
    return scenario;
  }

  public List<Figure> figures() {
    return List.copyOf(figures);
  }

  /**
   * The value of a figure.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public double value(String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no figure " + name + " in " + scenario))
        .value();
  }
}
