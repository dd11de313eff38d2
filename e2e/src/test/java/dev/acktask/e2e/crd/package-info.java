/** Behaviour of the API server for AckTasks, without the operator. */
package dev.acktask.e2e.crd;
