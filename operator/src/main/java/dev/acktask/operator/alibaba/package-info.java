/**
 * The only adapter to the cloud: signer, HTTP client, strict parser, error classifier and
 * credentials.
 */
@NullMarked
package dev.acktask.operator.alibaba;

import org.jspecify.annotations.NullMarked;
