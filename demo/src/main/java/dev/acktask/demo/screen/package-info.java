/** The output of the demo: the task table, redrawn in place or printed line by line. */
@NullMarked
package dev.acktask.demo.screen;

import org.jspecify.annotations.NullMarked;
