/** The scenarios; each leaves the harness in the state that the next one expects. */
@NullMarked
package dev.acktask.bench.scenario;

import org.jspecify.annotations.NullMarked;
