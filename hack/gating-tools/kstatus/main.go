// Command kstatus prints what kstatus concludes from Kubernetes objects: the library of Flux and Helm, and
// the one that it was forked from.
//
// It reads objects as YAML documents or JSON from stdin, and prints one line of JSON for each, in their order.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	flux "github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	sigs "sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

// How far the decoder looks to tell JSON from YAML.
const lookahead = 4096

type answer struct {
	Kind      string  `json:"kind"`
	Namespace string  `json:"namespace"`
	Name      string  `json:"name"`
	Flux      verdict `json:"flux"`
	Sigs      verdict `json:"sigs"`
}

type verdict struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "kstatus:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	decoder := yaml.NewYAMLOrJSONDecoder(in, lookahead)
	encoder := json.NewEncoder(out)
	for {
		object := &unstructured.Unstructured{}
		if err := decoder.Decode(object); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		read, err := compute(object)
		if err != nil {
			return fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err)
		}
		if err := encoder.Encode(read); err != nil {
			return err
		}
	}
}

func compute(object *unstructured.Unstructured) (answer, error) {
	byFlux, err := flux.Compute(object)
	if err != nil {
		return answer{}, err
	}
	bySigs, err := sigs.Compute(object)
	if err != nil {
		return answer{}, err
	}
	return answer{
		Kind:      object.GetKind(),
		Namespace: object.GetNamespace(),
		Name:      object.GetName(),
		Flux:      verdict{byFlux.Status.String(), byFlux.Message},
		Sigs:      verdict{bySigs.Status.String(), bySigs.Message},
	}, nil
}
