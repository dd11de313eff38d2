/** OpenTelemetry traces of finished tasks; off by default. */
@NullMarked
package dev.acktask.operator.tracing;

import org.jspecify.annotations.NullMarked;
