/** The files of a release, built like for users. */
@NullMarked
package dev.acktask.e2e.release;

import org.jspecify.annotations.NullMarked;
