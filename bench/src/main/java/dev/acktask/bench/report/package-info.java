/** What a run came to, for people and for programs. */
@NullMarked
package dev.acktask.bench.report;

import org.jspecify.annotations.NullMarked;
