/**
 * A fake ACK endpoint: verifies signatures, plays scripted tasks and injects faults.
 *
 * <p>Tests use {@link dev.acktask.simulator.Simulator}. Packages: {@code response} describes what
 * is sent, {@code http} sends it, {@code signature} checks requests, {@code script} plays tasks,
 * {@code requestlog} records requests, {@code cli} is the command line.
 */
@NullMarked
package dev.acktask.simulator;

import org.jspecify.annotations.NullMarked;
