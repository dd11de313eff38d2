/** A simulated STS: verifies who may assume a role, issues sessions and keeps them. */
@NullMarked
package dev.acktask.simulator.sts;

import org.jspecify.annotations.NullMarked;
