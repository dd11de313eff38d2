/**
 * Accounts of the simulated cloud as they are configured: keys, roles, regions, clusters and tasks.
 */
@NullMarked
package dev.acktask.simulator.account;

import org.jspecify.annotations.NullMarked;
