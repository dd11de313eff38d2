/** The kinds of connections in the cluster: follows their objects and writes their status. */
@NullMarked
package dev.acktask.operator.connection.controller;

import org.jspecify.annotations.NullMarked;
