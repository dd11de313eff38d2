/** What the cluster knows of an identity in the cloud: Secrets and tokens of ServiceAccounts. */
@NullMarked
package dev.acktask.operator.identity;

import org.jspecify.annotations.NullMarked;
