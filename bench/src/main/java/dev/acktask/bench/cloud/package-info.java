/** The simulated cloud of a run: its tasks change only on request of a scenario. */
@NullMarked
package dev.acktask.bench.cloud;

import org.jspecify.annotations.NullMarked;
