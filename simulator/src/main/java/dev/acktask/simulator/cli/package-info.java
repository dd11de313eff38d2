/** The command line: options, output, record file. */
@NullMarked
package dev.acktask.simulator.cli;

import org.jspecify.annotations.NullMarked;
