/**
 * Health of this process. Detects silent hangs, above all a watch that delivers nothing, and exits
 * the process. A restart loses nothing, because the process keeps no state.
 */
@NullMarked
package dev.acktask.operator.health;

import org.jspecify.annotations.NullMarked;
