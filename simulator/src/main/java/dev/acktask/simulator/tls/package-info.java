/** A certificate and its key, from the files that other tools write. */
@NullMarked
package dev.acktask.simulator.tls;

import org.jspecify.annotations.NullMarked;
