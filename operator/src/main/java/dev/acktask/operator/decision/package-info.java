/**
 * Evaluates answers of the cloud. Pure: no clock, logger, client or framework, so that every
 * decision can be tested in isolation.
 */
@NullMarked
package dev.acktask.operator.decision;

import org.jspecify.annotations.NullMarked;
