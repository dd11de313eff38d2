/** The results of a run, as a table and as JSON. */
@NullMarked
package dev.acktask.bench.report;

import org.jspecify.annotations.NullMarked;
