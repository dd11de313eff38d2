/** Connections to accounts and their request budgets. */
@NullMarked
package dev.acktask.operator.connection;

import org.jspecify.annotations.NullMarked;
