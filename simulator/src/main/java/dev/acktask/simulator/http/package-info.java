/**
 * A small HTTP/1.1 server on plain sockets, one virtual thread per connection. It exists because
 * faults need control of every byte: a cut chunk, a lying length, a reset before the status line.
 */
@NullMarked
package dev.acktask.simulator.http;

import org.jspecify.annotations.NullMarked;
