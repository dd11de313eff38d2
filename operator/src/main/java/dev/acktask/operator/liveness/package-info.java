/**
 * Whether this process still does its work. What hangs without a word, a watch above all, is found
 * here, and a restart mends it: nothing is lost with a process that keeps no state.
 */
@NullMarked
package dev.acktask.operator.liveness;

import org.jspecify.annotations.NullMarked;
