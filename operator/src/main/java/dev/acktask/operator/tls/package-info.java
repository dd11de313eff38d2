/** The trusted certificate authorities, for every server but the Kubernetes API. */
@NullMarked
package dev.acktask.operator.tls;

import org.jspecify.annotations.NullMarked;
