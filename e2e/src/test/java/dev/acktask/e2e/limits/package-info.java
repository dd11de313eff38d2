/** Limits of the objects that users create, and the metadata that the operator keeps. */
@NullMarked
package dev.acktask.e2e.limits;

import org.jspecify.annotations.NullMarked;
