/** Configuration of the log. */
@NullMarked
package dev.acktask.operator.logging;

import org.jspecify.annotations.NullMarked;
