/** Alerts about failed tasks with a real Prometheus and Alertmanager. */
package dev.acktask.e2e.alerts;
