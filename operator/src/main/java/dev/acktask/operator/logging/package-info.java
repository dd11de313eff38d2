/** How the log is written. */
@NullMarked
package dev.acktask.operator.logging;

import org.jspecify.annotations.NullMarked;
