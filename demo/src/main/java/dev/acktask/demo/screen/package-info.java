/** What the demo prints: the table, in place or line by line, and the end of the story. */
@NullMarked
package dev.acktask.demo.screen;

import org.jspecify.annotations.NullMarked;
