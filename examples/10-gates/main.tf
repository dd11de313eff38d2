# Waits in Terraform until five node pools are upgraded and no task runs on the cluster.

terraform {
  required_version = ">= 1.5"
  required_providers {
    kubernetes = {
      source = "hashicorp/kubernetes"
    }
  }
}

variable "change" {
  description = "Name of the change, for example 1-34. Each change has its own gates."
  type        = string
}

variable "cluster_id" {
  description = "Id of the cluster."
  type        = string
}

resource "kubernetes_manifest" "pools" {
  manifest = {
    apiVersion = "acktask.dev/v1alpha1"
    kind       = "AckTaskGate"
    metadata = {
      # One name per change: another spec under the same name is refused.
      name      = "pools-${var.change}"
      namespace = "shop"
    }
    spec = {
      mode = "AllSucceeded"
      selector = {
        matchLabels = {
          "acktask.dev/cluster-id" = var.cluster_id
          "acktask.dev/task-type"  = "nodepool_upgrade"
        }
      }
      since = "2h"
      count = 5
    }
  }

  # Also ends when the gate closes. A wait for the condition Succeeded would time out then.
  wait {
    fields = {
      "status.phase" = "^(Succeeded|Failed|Stalled)$"
    }
  }

  timeouts {
    create = "5h"
    update = "5h"
  }
}

# The resource above contains no status: it is read once more, and a closed gate stops its dependents.
data "kubernetes_resource" "pools" {
  api_version = "acktask.dev/v1alpha1"
  kind        = "AckTaskGate"

  metadata {
    name      = kubernetes_manifest.pools.manifest.metadata.name
    namespace = kubernetes_manifest.pools.manifest.metadata.namespace
  }

  lifecycle {
    postcondition {
      condition = self.object.status.phase == "Succeeded"
      error_message = join(" ", concat(
        ["The node pools were not upgraded:"],
        [for c in self.object.status.conditions : c.message if c.type == "Succeeded"]
      ))
    }
  }
}

# A gate in mode NoneRunning never fails, so that one condition is enough.
resource "kubernetes_manifest" "quiet" {
  depends_on = [data.kubernetes_resource.pools]

  manifest = {
    apiVersion = "acktask.dev/v1alpha1"
    kind       = "AckTaskGate"
    metadata = {
      name      = "quiet-${var.change}"
      namespace = "shop"
    }
    spec = {
      mode         = "NoneRunning"
      clusterIds   = [var.cluster_id]
      discoveryRef = { name = "shop" }
    }
  }

  wait {
    condition {
      type   = "Ready"
      status = "True"
    }
  }

  timeouts {
    create = "1h"
    update = "1h"
  }
}
