/** Faults of the object and of the Kubernetes API from the fault catalogue. */
package dev.acktask.e2e.faults;
