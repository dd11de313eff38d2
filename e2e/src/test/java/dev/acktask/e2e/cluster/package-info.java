/**
 * A real Kubernetes control plane for tests: etcd, kube-apiserver and kube-controller-manager as
 * child processes on loopback, with RBAC, real ServiceAccount tokens and certificates of this run,
 * and the faults that tests inject into them. Start at {@link dev.acktask.e2e.cluster.ControlPlane}
 * and {@link dev.acktask.e2e.cluster.OnControlPlane}.
 */
package dev.acktask.e2e.cluster;
