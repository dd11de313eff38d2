/** Behaviour of the API server for the kinds of the operator, without the operator. */
package dev.acktask.e2e.crd;
