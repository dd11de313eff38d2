/**
 * The data of responses: a {@link dev.acktask.simulator.response.Response} is a status, headers and
 * a body, and a {@link dev.acktask.simulator.response.Delivery} that defines how its bytes are
 * sent. Nothing here opens a socket.
 */
@NullMarked
package dev.acktask.simulator.response;

import org.jspecify.annotations.NullMarked;
