package dev.acktask.bench.report;

/**
 * One measured value.
 *
 * @param value NaN when there was nothing to measure
 * @param unit empty for a count
 */
public record Figure(String name, double value, String unit) {}
