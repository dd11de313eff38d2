/** The child processes: the simulator and the operator, each from its packaged jar. */
@NullMarked
package dev.acktask.demo.process;

import org.jspecify.annotations.NullMarked;
