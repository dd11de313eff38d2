/** The record of everything that was served, without secrets. */
@NullMarked
package dev.acktask.simulator.journal;

import org.jspecify.annotations.NullMarked;
