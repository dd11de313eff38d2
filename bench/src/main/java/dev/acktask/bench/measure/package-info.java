/** Counts and times taken while the operator runs. */
@NullMarked
package dev.acktask.bench.measure;

import org.jspecify.annotations.NullMarked;
