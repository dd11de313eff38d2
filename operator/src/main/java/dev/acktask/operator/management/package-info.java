/** HTTP server for metrics and health: read-only and with bounded resources. */
@NullMarked
package dev.acktask.operator.management;

import org.jspecify.annotations.NullMarked;
