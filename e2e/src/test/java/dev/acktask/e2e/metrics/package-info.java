/** What the packaged operator shows to Prometheus and to the kubelet. */
package dev.acktask.e2e.metrics;
