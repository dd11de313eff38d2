/** What bounds the objects that users create, and what the operator leaves of them as it is. */
@NullMarked
package dev.acktask.e2e.limits;

import org.jspecify.annotations.NullMarked;
