// Command baseline mirrors ACK tasks as AckTask objects in the simplest way. It exists for comparison only.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
)

const defaultInterval = 15 * time.Second

type reconciler struct {
	client.Client
	cloud *cloud
}

func (r *reconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	var object AckTask
	if err := r.Get(ctx, req.NamespacedName, &object); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	status := object.Status.DeepCopy()
	if status.CompletionTime != nil && status.ObservedGeneration == object.Generation {
		return ctrl.Result{}, nil
	}
	task, err := r.cloud.describe(ctx, object.Spec.TaskID)
	if err != nil {
		return ctrl.Result{}, err
	}
	status.show(task, &object)
	if !equality.Semantic.DeepEqual(&object.Status, status) {
		object.Status = *status
		if err := r.Status().Update(ctx, &object); err != nil {
			return ctrl.Result{}, client.IgnoreNotFound(err)
		}
	}
	if status.CompletionTime != nil {
		return ctrl.Result{}, nil
	}
	interval := defaultInterval
	if object.Spec.PollInterval != nil {
		interval = object.Spec.PollInterval.Duration
	}
	return ctrl.Result{RequeueAfter: wait.Jitter(interval*9/10, 2.0/9)}, nil // within 10 %
}

// show makes the status say what the cloud said.
func (s *AckTaskStatus) show(task *task, object *AckTask) {
	s.ObservedGeneration = object.Generation
	s.TaskID, s.State, s.TaskType, s.ClusterID = object.Spec.TaskID, task.State, task.TaskType, task.ClusterID
	s.Target, s.CurrentStage, s.Results = task.Target, task.CurrentStage, task.Results
	s.CreatedTime, s.UpdatedTime = task.Created, task.Updated
	if created, err := time.Parse(time.RFC3339, task.Created); err == nil {
		s.StartTime = &metav1.Time{Time: created}
	}

	s.Stages, s.Progress = nil, ""
	done := 0
	for _, stage := range task.Stages {
		s.Stages = append(s.Stages, Stage(stage))
		if stage.State == "success" || stage.State == "fail" || stage.State == "failed" {
			done++
		}
	}
	if len(s.Stages) > 0 {
		s.Progress = fmt.Sprintf("%d/%d", done, len(s.Stages))
	}

	s.Events = nil
	for _, event := range task.Events {
		at := event.Timestamp
		if millis, err := strconv.ParseInt(at, 10, 64); err == nil {
			at = time.UnixMilli(millis).UTC().Format(time.RFC3339)
		}
		s.Events = append(s.Events,
			Event{at, event.Level, event.Action, event.Reason, event.Message, event.Source})
	}

	succeeded := metav1.ConditionUnknown
	switch task.State {
	case "running":
		s.Phase, s.Reason = "Running", "Running"
		s.Message = fmt.Sprintf("%s is running in stage %s.", task.TaskType, task.CurrentStage)
	case "success":
		succeeded, s.Phase, s.Reason = metav1.ConditionTrue, "Succeeded", "TaskSucceeded"
		s.Message = task.TaskType + " succeeded."
	case "fail", "failed":
		succeeded, s.Phase, s.Reason = metav1.ConditionFalse, "Failed", "TaskFailed"
		s.Message = task.TaskType + " failed."
		if task.Error != nil {
			s.Message = fmt.Sprintf("%s failed: %s: %s", task.TaskType, task.Error.Code, task.Error.Message)
		}
	default:
		s.Phase, s.Reason = "Unknown", "UnrecognizedState"
		s.Message = fmt.Sprintf("The cloud reports the state %q.", task.State)
	}
	if succeeded == metav1.ConditionUnknown {
		s.CompletionTime = nil
	} else if s.CompletionTime == nil {
		now := metav1.Now()
		s.CompletionTime = &now
	}
	for _, name := range []string{"Succeeded", "Ready"} {
		meta.SetStatusCondition(&s.Conditions, metav1.Condition{Type: name, Status: succeeded,
			Reason: s.Reason, Message: s.Message, ObservedGeneration: object.Generation})
	}
}

func main() {
	ctrl.SetLogger(zap.New())
	if err := run(); err != nil {
		ctrl.Log.Error(err, "cannot run")
		os.Exit(1)
	}
}

func run() error {
	scheme := runtime.NewScheme()
	version := schema.GroupVersion{Group: "acktask.dev", Version: "v1alpha1"}
	scheme.AddKnownTypes(version, &AckTask{}, &AckTaskList{})
	metav1.AddToGroupVersion(scheme, version)

	config := &rest.Config{
		Host:            os.Getenv("KUBERNETES_MASTER"),
		BearerTokenFile: os.Getenv("KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN"),
		TLSClientConfig: rest.TLSClientConfig{CAFile: os.Getenv("KUBERNETES_CERTS_CA_FILE")},
		QPS:             1000,
		Burst:           2000,
	}
	mgr, err := ctrl.NewManager(config, ctrl.Options{
		Scheme:                 scheme,
		Metrics:                server.Options{BindAddress: "0"},
		HealthProbeBindAddress: "0",
	})
	if err != nil {
		return err
	}

	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	r := &reconciler{Client: mgr.GetClient(), cloud: &cloud{
		http:     http.Client{Transport: transport, Timeout: 10 * time.Second},
		endpoint: strings.TrimSuffix(os.Getenv("ACKTASK_ENDPOINT_PUBLIC"), "/"),
		key:      os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"),
		secret:   os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
	}}
	err = ctrl.NewControllerManagedBy(mgr).
		For(&AckTask{}, builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		WithOptions(controller.Options{MaxConcurrentReconciles: 16}).
		Complete(r)
	if err != nil {
		return err
	}
	// GetInformer returns once the objects are in the cache.
	err = mgr.Add(manager.RunnableFunc(func(ctx context.Context) error {
		if _, err := mgr.GetCache().GetInformer(ctx, &AckTask{}); err != nil {
			return err
		}
		ctrl.Log.Info("acktask-operator is ready") // the line that the benchmark waits for
		return nil
	}))
	if err != nil {
		return err
	}
	return mgr.Start(ctrl.SetupSignalHandler())
}
