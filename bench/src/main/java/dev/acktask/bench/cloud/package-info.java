/** The simulated cloud of a run: tasks that stand still until they are told to change. */
@NullMarked
package dev.acktask.bench.cloud;

import org.jspecify.annotations.NullMarked;
