/** Leader election with two replicas: changes of the leader and their guarantees. */
package dev.acktask.e2e.leadership;
