/**
 * What opens a gate and what closes it, with the real operator, and the tools that gate, as real
 * programs: Flux's kustomize-controller applies manifests to the control plane, Helm installs
 * charts, kstatus and argocd read objects. Start at {@link dev.acktask.e2e.gates.Flux} and {@link
 * dev.acktask.e2e.gates.Gates}.
 */
package dev.acktask.e2e.gates;
