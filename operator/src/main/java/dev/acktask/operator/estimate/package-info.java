/** How long tasks usually take: pure, from the statuses of succeeded tasks. */
@NullMarked
package dev.acktask.operator.estimate;

import org.jspecify.annotations.NullMarked;
