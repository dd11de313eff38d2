/**
 * Records what the cloud served and every version that the API server ever stored, and judges it by
 * the invariants that hold whatever happens in between. Start at {@link
 * dev.acktask.e2e.history.HistoryChecker}.
 */
package dev.acktask.e2e.history;
