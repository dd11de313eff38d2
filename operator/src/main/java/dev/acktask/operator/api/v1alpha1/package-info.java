/**
 * The custom resources. Every record ignores unknown fields: one object that cannot be deserialised
 * would stop the informer for all objects.
 */
@NullMarked
package dev.acktask.operator.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
