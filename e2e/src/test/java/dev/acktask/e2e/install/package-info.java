/**
 * The chart as the only source: a real API server accepts its objects, the operator runs with its
 * settings, and its rights are exactly those that the operator uses.
 */
@NullMarked
package dev.acktask.e2e.install;

import org.jspecify.annotations.NullMarked;
