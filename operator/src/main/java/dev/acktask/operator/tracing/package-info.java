/** Finished tasks as OpenTelemetry traces, off by default; it tells and changes nothing. */
@NullMarked
package dev.acktask.operator.tracing;

import org.jspecify.annotations.NullMarked;
