# Mirrors a task from Terraform and waits for it. The task itself starts elsewhere: resources of the
# alicloud provider wait for the tasks that they start.

terraform {
  required_version = ">= 1.5"
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
    kubernetes = {
      source = "hashicorp/kubernetes"
    }
  }
}

variable "task_id" {
  description = "Id of the task, as the call that started it returned it."
  type        = string
}

variable "cluster_name" {
  description = "Name of the cluster that the task must belong to."
  type        = string
}

data "alicloud_cs_managed_kubernetes_clusters" "this" {
  name_regex = "^${var.cluster_name}$"

  lifecycle {
    postcondition {
      condition     = length(self.ids) == 1
      error_message = "There is not exactly one cluster named ${var.cluster_name}."
    }
  }
}

resource "kubernetes_manifest" "upgrade" {
  manifest = {
    apiVersion = "acktask.dev/v1alpha1"
    kind       = "AckTask"
    metadata = {
      # One name per task: another id under the same name is refused.
      name      = "upgrade-${substr(sha256(var.task_id), 0, 10)}"
      namespace = "shop"
    }
    spec = {
      taskId    = var.task_id
      clusterId = data.alicloud_cs_managed_kubernetes_clusters.this.ids[0]
    }
  }

  # Also ends on failure. A wait for the condition Succeeded would time out on a failed task.
  wait {
    fields = {
      "status.phase" = "^(Succeeded|Failed|Canceled|Stalled)$"
    }
  }

  timeouts {
    create = "2h"
    update = "2h"
  }
}

# The resource above contains no status: it is read once more, and a failure stops its dependents.
data "kubernetes_resource" "upgrade" {
  api_version = "acktask.dev/v1alpha1"
  kind        = "AckTask"

  metadata {
    name      = kubernetes_manifest.upgrade.manifest.metadata.name
    namespace = kubernetes_manifest.upgrade.manifest.metadata.namespace
  }

  lifecycle {
    postcondition {
      condition     = self.object.status.phase == "Succeeded"
      error_message = "The task did not succeed: ${self.object.status.reason}: ${self.object.status.message}"
    }
  }
}
