/** Runs what the examples give to other tools over every status that the operator decides. */
@NullMarked
package dev.acktask.operator.gates;

import org.jspecify.annotations.NullMarked;
