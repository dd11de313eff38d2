/**
 * Scripted tasks: the script format, its strict parser, and the answer that a script gives at a
 * point in time. Pure but for reading files; every time is passed in.
 */
@NullMarked
package dev.acktask.simulator.script;

import org.jspecify.annotations.NullMarked;
