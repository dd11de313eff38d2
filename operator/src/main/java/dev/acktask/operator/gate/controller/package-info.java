/** The gates in the cluster: reads AckTasks and sweeps, and writes the status. */
@NullMarked
package dev.acktask.operator.gate.controller;

import org.jspecify.annotations.NullMarked;
