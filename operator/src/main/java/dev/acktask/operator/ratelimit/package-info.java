/** Rate limit: how often something may happen, in bursts and on average. */
@NullMarked
package dev.acktask.operator.ratelimit;

import org.jspecify.annotations.NullMarked;
