/** The composition root. */
@NullMarked
package dev.acktask.operator;

import org.jspecify.annotations.NullMarked;
