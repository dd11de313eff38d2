/**
 * What is sent back: a {@link dev.acktask.simulator.reply.Reply} is a status, headers and a body,
 * and a {@link dev.acktask.simulator.reply.Delivery} that says how its bytes get onto the wire.
 * Pure data; nothing here opens a socket.
 */
@NullMarked
package dev.acktask.simulator.reply;

import org.jspecify.annotations.NullMarked;
