/** Exponential backoff: the pause between the attempts of something that keeps failing. */
@NullMarked
package dev.acktask.operator.backoff;

import org.jspecify.annotations.NullMarked;
