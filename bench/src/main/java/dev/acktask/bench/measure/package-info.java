/** What is counted and timed while the operator runs, without a part in the load itself. */
@NullMarked
package dev.acktask.bench.measure;

import org.jspecify.annotations.NullMarked;
