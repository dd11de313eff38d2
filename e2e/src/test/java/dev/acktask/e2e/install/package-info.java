/**
 * The chart as the only source: what it renders is what a real API server accepts, what the
 * operator runs under, and exactly the rights that the operator uses.
 */
@NullMarked
package dev.acktask.e2e.install;

import org.jspecify.annotations.NullMarked;
