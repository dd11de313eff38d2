/** Which of the configured namespaces the operator serves, and why it does not serve the others. */
@NullMarked
package dev.acktask.operator.namespaces;

import org.jspecify.annotations.NullMarked;
