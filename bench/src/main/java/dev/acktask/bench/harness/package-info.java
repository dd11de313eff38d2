/**
 * The processes of a benchmark (control plane, simulated cloud, operator) and their measurement.
 */
@NullMarked
package dev.acktask.bench.harness;

import org.jspecify.annotations.NullMarked;
