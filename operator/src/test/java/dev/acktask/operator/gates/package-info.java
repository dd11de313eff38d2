/** Tests the examples for other tools with each status that the operator decides. */
@NullMarked
package dev.acktask.operator.gates;

import org.jspecify.annotations.NullMarked;
