/**
 * Makes text of the cloud safe for status, events and logs: masks probable secrets and writes
 * free-form data as JSON. A leaf: it depends on package {@code task} only.
 */
@NullMarked
package dev.acktask.operator.text;

import org.jspecify.annotations.NullMarked;
