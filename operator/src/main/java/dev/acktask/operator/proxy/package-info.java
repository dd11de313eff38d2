/** Selects the HTTP proxy of a request: one policy for every destination of the operator. */
@NullMarked
package dev.acktask.operator.proxy;

import org.jspecify.annotations.NullMarked;
