/** Faults of the object (B3) and of the Kubernetes API (B4) of the fault catalogue. */
package dev.acktask.e2e.faults;
