/** Loaded into the child processes, as an agent in a jar of its own. */
@NullMarked
package dev.acktask.demo.leash;

import org.jspecify.annotations.NullMarked;
