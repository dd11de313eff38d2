/** The command line of the benchmark. */
@NullMarked
package dev.acktask.bench;

import org.jspecify.annotations.NullMarked;
