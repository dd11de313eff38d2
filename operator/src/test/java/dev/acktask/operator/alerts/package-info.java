/** Checks that rules, runbooks, dashboard and existing metrics agree. */
@NullMarked
package dev.acktask.operator.alerts;

import org.jspecify.annotations.NullMarked;
