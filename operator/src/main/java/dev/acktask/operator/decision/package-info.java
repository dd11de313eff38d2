/**
 * What an answer of the cloud means for an AckTask. Pure: no clock, logger, client or framework, so
 * that the truth can be tested row by row.
 */
@NullMarked
package dev.acktask.operator.decision;

import org.jspecify.annotations.NullMarked;
