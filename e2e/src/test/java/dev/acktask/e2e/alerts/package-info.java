/** Failed tasks as a real Prometheus and Alertmanager tell of them. */
package dev.acktask.e2e.alerts;
