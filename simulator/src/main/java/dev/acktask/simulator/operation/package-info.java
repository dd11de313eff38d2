/** The API operations that the simulator serves. */
@NullMarked
package dev.acktask.simulator.operation;

import org.jspecify.annotations.NullMarked;
