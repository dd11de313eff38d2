module acktask.dev/hack/gating-tools/crds

go 1.26.0

// Nothing imports it: build.sh takes the CRD of GitRepository from it.
require github.com/fluxcd/source-controller v1.9.6
