/** Access to the configured namespaces: which ones are watched, and why the others are not. */
@NullMarked
package dev.acktask.operator.namespaces;

import org.jspecify.annotations.NullMarked;
