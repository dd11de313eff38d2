/**
 * Which certificate authorities are trusted: one answer for every server but the Kubernetes API.
 */
@NullMarked
package dev.acktask.operator.tls;

import org.jspecify.annotations.NullMarked;
