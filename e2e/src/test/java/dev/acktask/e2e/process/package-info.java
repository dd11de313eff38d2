/** Faults of the process: signals, slow calls, disk and settings. */
package dev.acktask.e2e.process;
