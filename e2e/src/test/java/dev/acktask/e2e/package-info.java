/**
 * Tests of the packaged operator against a real Kubernetes API server and a simulated cloud. {@code
 * cluster} starts the API server, {@code operator} the operator, {@code history} records what both
 * sides did and checks it; the other packages hold the tests by subject.
 */
package dev.acktask.e2e;
