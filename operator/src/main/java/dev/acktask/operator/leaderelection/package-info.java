/** Leader election: one active replica at a time, by a Lease. */
@NullMarked
package dev.acktask.operator.leaderelection;

import org.jspecify.annotations.NullMarked;
