/**
 * The custom resources as users write and read them. Every record tolerates unknown fields: one
 * object that does not deserialise would stop the informer for all.
 */
@NullMarked
package dev.acktask.operator.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
