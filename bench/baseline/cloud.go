package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// cloud asks for tasks with signed requests.
type cloud struct {
	http                  http.Client
	endpoint, key, secret string
}

// task is the answer of DescribeTaskInfo.
type task struct {
	State        string  `json:"state"`
	ClusterID    string  `json:"cluster_id"`
	TaskType     string  `json:"task_type"`
	Created      string  `json:"created"`
	Updated      string  `json:"updated"`
	Target       *Target `json:"target"`
	CurrentStage string  `json:"current_stage"`
	Stages       []struct {
		State     string `json:"state"`
		StartTime string `json:"start_time"`
		EndTime   string `json:"end_time"`
		Message   string `json:"message"`
	} `json:"stages"`
	Events []struct {
		Timestamp string `json:"timestamp"`
		Level     string `json:"level"`
		Action    string `json:"action"`
		Reason    string `json:"reason"`
		Message   string `json:"message"`
		Source    string `json:"source"`
	} `json:"events"`
	Results []TaskResult `json:"task_result"`
	Error   *struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

func (c *cloud) describe(ctx context.Context, id string) (*task, error) {
	path := "/tasks/" + url.PathEscape(id)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.endpoint+path, nil)
	if err != nil {
		return nil, err
	}
	c.sign(request, path)
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the cloud answered %s for task %s", response.Status, id)
	}
	var answer task
	return &answer, json.Unmarshal(body, &answer)
}

// sign adds an ACS3-HMAC-SHA256 signature to a request without query and body.
func (c *cloud) sign(request *http.Request, path string) {
	bodyHash := hash("")
	headers := [][2]string{ // in the order of their names
		{"host", request.URL.Host},
		{"x-acs-action", "DescribeTaskInfo"},
		{"x-acs-content-sha256", bodyHash},
		{"x-acs-date", time.Now().UTC().Format(time.RFC3339)},
		{"x-acs-signature-nonce", rand.Text()},
		{"x-acs-version", "2015-12-15"},
	}
	var lines strings.Builder
	var names []string
	for _, header := range headers {
		lines.WriteString(header[0] + ":" + header[1] + "\n")
		names = append(names, header[0])
		if header[0] != "host" {
			request.Header.Set(header[0], header[1])
		}
	}
	signed := strings.Join(names, ";")
	canonical := strings.Join([]string{request.Method, path, "", lines.String(), signed, bodyHash}, "\n")
	mac := hmac.New(sha256.New, []byte(c.secret))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + hash(canonical)))
	request.Header.Set("authorization", fmt.Sprintf("ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%x",
		c.key, signed, mac.Sum(nil)))
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
