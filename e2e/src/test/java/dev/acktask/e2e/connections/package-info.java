/** Connections of several accounts and teams, on a real API server. */
@NullMarked
package dev.acktask.e2e.connections;

import org.jspecify.annotations.NullMarked;
