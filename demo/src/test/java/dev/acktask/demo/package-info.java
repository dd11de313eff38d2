/** The packaged demo as its users run it, and the small parts of it that can be wrong alone. */
@NullMarked
package dev.acktask.demo;

import org.jspecify.annotations.NullMarked;
