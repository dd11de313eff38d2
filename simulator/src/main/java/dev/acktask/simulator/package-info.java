/**
 * A fake ACK endpoint: verifies signatures, plays scripted tasks and injects faults.
 *
 * <p>{@link dev.acktask.simulator.Simulator} is the way in for tests. The map: {@code reply} is
 * what can be sent, {@code http} sends it, {@code signature} checks who asks, {@code script} makes
 * tasks go on, {@code journal} remembers what was served, {@code cli} is the program.
 */
@NullMarked
package dev.acktask.simulator;

import org.jspecify.annotations.NullMarked;
