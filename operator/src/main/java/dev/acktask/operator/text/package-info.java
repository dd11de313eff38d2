/**
 * Text that comes from the cloud and goes where people read it: masks what looks like a secret and
 * writes free-form data as JSON. A leaf: it knows the vocabulary of the cloud and nothing else.
 */
@NullMarked
package dev.acktask.operator.text;

import org.jspecify.annotations.NullMarked;
