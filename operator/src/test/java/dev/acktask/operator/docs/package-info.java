/** Checks that the pages of the documentation agree with code, tests and manifests. */
@NullMarked
package dev.acktask.operator.docs;

import org.jspecify.annotations.NullMarked;
