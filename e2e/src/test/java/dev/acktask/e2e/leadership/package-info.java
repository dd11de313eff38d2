/** Two replicas, of which one works: how the lease changes hands, and what never happens then. */
package dev.acktask.e2e.leadership;
