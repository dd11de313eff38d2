/** OIDC tokens of ServiceAccounts, and the providers whose keys sign them. */
@NullMarked
package dev.acktask.simulator.oidc;

import org.jspecify.annotations.NullMarked;
