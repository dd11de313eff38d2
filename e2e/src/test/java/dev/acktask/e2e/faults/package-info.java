/** The catalogue's faults of the object (B3) and of the Kubernetes API (B4), each by its number. */
package dev.acktask.e2e.faults;
