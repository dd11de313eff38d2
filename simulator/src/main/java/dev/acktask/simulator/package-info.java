/** A fake ACK endpoint. */
@NullMarked
package dev.acktask.simulator;

import org.jspecify.annotations.NullMarked;
