/** The program: options, what it prints, the record file. */
@NullMarked
package dev.acktask.simulator.cli;

import org.jspecify.annotations.NullMarked;
