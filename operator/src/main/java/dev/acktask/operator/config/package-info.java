/** Configuration of the operator: one immutable record, parsed once at start. */
@NullMarked
package dev.acktask.operator.config;

import org.jspecify.annotations.NullMarked;
