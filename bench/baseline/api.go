package main

import (
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// AckTask is what the operator reads and writes of an AckTask object.
type AckTask struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              AckTaskSpec   `json:"spec"`
	Status            AckTaskStatus `json:"status,omitempty"`
}

type AckTaskList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []AckTask `json:"items"`
}

type AckTaskSpec struct {
	TaskID       string           `json:"taskId"`
	PollInterval *metav1.Duration `json:"pollInterval,omitempty"`
}

type AckTaskStatus struct {
	ObservedGeneration int64              `json:"observedGeneration,omitempty"`
	Phase              string             `json:"phase,omitempty"`
	Reason             string             `json:"reason,omitempty"`
	Message            string             `json:"message,omitempty"`
	TaskID             string             `json:"taskId,omitempty"`
	State              string             `json:"state,omitempty"`
	TaskType           string             `json:"taskType,omitempty"`
	ClusterID          string             `json:"clusterId,omitempty"`
	Target             *Target            `json:"target,omitempty"`
	CurrentStage       string             `json:"currentStage,omitempty"`
	CreatedTime        string             `json:"createdTime,omitempty"`
	UpdatedTime        string             `json:"updatedTime,omitempty"`
	StartTime          *metav1.Time       `json:"startTime,omitempty"`
	CompletionTime     *metav1.Time       `json:"completionTime,omitempty"`
	Progress           string             `json:"progress,omitempty"`
	Stages             []Stage            `json:"stages,omitempty"`
	Events             []Event            `json:"events,omitempty"`
	Results            []TaskResult       `json:"results,omitempty"`
	Conditions         []metav1.Condition `json:"conditions,omitempty"`
}

type Target struct {
	ID   string `json:"id,omitempty"`
	Type string `json:"type,omitempty"`
}

type Stage struct {
	State     string `json:"state,omitempty"`
	StartTime string `json:"startTime,omitempty"`
	EndTime   string `json:"endTime,omitempty"`
	Message   string `json:"message,omitempty"`
}

type Event struct {
	Time    string `json:"time,omitempty"`
	Level   string `json:"level,omitempty"`
	Action  string `json:"action,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Message string `json:"message,omitempty"`
	Source  string `json:"source,omitempty"`
}

type TaskResult struct {
	Data   string `json:"data,omitempty"`
	Status string `json:"status,omitempty"`
}

// DeepCopy copies what is changed in place; what is only ever replaced is shared.
func (s *AckTaskStatus) DeepCopy() *AckTaskStatus {
	out := *s
	out.Conditions = slices.Clone(s.Conditions)
	return &out
}

func (t *AckTask) DeepCopyObject() runtime.Object {
	out := *t
	out.ObjectMeta = *t.ObjectMeta.DeepCopy()
	out.Status = *t.Status.DeepCopy()
	return &out
}

func (l *AckTaskList) DeepCopyObject() runtime.Object {
	out := *l
	out.Items = make([]AckTask, len(l.Items))
	for i := range l.Items {
		out.Items[i] = *l.Items[i].DeepCopyObject().(*AckTask)
	}
	return &out
}
