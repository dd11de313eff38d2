/** What a release consists of, built as it is built for users. */
@NullMarked
package dev.acktask.e2e.release;

import org.jspecify.annotations.NullMarked;
