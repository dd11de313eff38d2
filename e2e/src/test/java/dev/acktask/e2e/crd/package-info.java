/** What the API server itself promises about an AckTask, without the operator. */
package dev.acktask.e2e.crd;
