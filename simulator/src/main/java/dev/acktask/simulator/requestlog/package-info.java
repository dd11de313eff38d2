/** The log of all requests and their responses, without secrets. */
@NullMarked
package dev.acktask.simulator.requestlog;

import org.jspecify.annotations.NullMarked;
