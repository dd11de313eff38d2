/**
 * Tools that gate on AckTasks, as real programs: Flux's kustomize-controller applies manifests to
 * the control plane, kstatus and argocd read objects. Start at {@link dev.acktask.e2e.gates.Flux}.
 */
package dev.acktask.e2e.gates;
