/** Holds the rules, the runbooks and the dashboard to each other and to the metrics that exist. */
@NullMarked
package dev.acktask.operator.alerts;

import org.jspecify.annotations.NullMarked;
