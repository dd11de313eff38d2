/** The accounts that tasks are read through and the request budget of each. */
@NullMarked
package dev.acktask.operator.connection;

import org.jspecify.annotations.NullMarked;
