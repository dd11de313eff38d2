/** TCP connections of the operator's own requests: direct, or tunnelled through an HTTP proxy. */
@NullMarked
package dev.acktask.operator.network;

import org.jspecify.annotations.NullMarked;
