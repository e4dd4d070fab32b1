// The peer in Go: the function with the standard library alone, which means a Runtime API client and a signature of its
// own.
package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"
)

var (
	runtimeAPI = "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	submitJob  = os.Getenv("AWS_ENDPOINT_URL_BATCH") + "/v1/submitjob"
	region     = os.Getenv("AWS_REGION")
	accessKey  = os.Getenv("AWS_ACCESS_KEY_ID")
	secretKey  = os.Getenv("AWS_SECRET_ACCESS_KEY")
	token      = os.Getenv("AWS_SESSION_TOKEN")
)

type event struct {
	PathParameters struct{ JobQueue, JobDefinition string }
	Body           *string
}

type response struct {
	StatusCode      int               `json:"statusCode"`
	Headers         map[string]string `json:"headers"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

func main() {
	for {
		if err := serve(); err != nil {
			log.Fatal(err)
		}
	}
}

// serve answers one event.
func serve() error {
	next, err := http.Get(runtimeAPI + "next")
	if err != nil {
		return err
	}
	payload, err := read(next, http.StatusOK)
	if err != nil {
		return err
	}
	id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
	deadline, err := strconv.ParseInt(next.Header.Get("Lambda-Runtime-Deadline-Ms"), 10, 64)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithDeadline(context.Background(), time.UnixMilli(deadline))
	defer cancel()
	answer, err := handle(ctx, payload, id)
	if err != nil {
		return err
	}
	post, err := http.NewRequest("POST", runtimeAPI+id+"/response", bytes.NewReader(answer))
	if err != nil {
		return err
	}
	post.Header.Set("Content-Type", "application/json")
	post.Header.Set("Lambda-Runtime-Invocation-Id", next.Header.Get("Lambda-Runtime-Invocation-Id"))
	accepted, err := http.DefaultClient.Do(post)
	if err != nil {
		return err
	}
	_, err = read(accepted, http.StatusAccepted)
	return err
}

// handle submits the event's job and returns the proxy response.
func handle(ctx context.Context, payload []byte, id string) ([]byte, error) {
	var event event
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, err
	}
	members := map[string]any{"jobName": event.PathParameters.JobDefinition + "-" + id[:8]}
	if event.Body != nil {
		if err := json.Unmarshal([]byte(*event.Body), &members); err != nil {
			return nil, err
		}
	}
	members["jobQueue"] = event.PathParameters.JobQueue
	members["jobDefinition"] = event.PathParameters.JobDefinition
	body, err := json.Marshal(members)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, "POST", submitJob, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	sign(request, body, time.Now().UTC())
	submitted, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	body, err = read(submitted, http.StatusOK)
	if err != nil {
		return nil, err
	}
	var job struct {
		Arn  string `json:"jobArn"`
		Name string `json:"jobName"`
		ID   string `json:"jobId"`
	}
	if err := json.Unmarshal(body, &job); err != nil {
		return nil, err
	}
	if body, err = json.Marshal(job); err != nil {
		return nil, err
	}
	return json.Marshal(response{
		StatusCode: 200,
		Headers: map[string]string{
			"Content-Type":           "application/json",
			"Location":               "../../queues/" + event.PathParameters.JobQueue + "/jobs/" + job.ID,
			"X-Content-Type-Options": "nosniff",
		},
		Body: string(body),
	})
}

// sign adds a signature (SigV4) to a request without a query.
func sign(request *http.Request, body []byte, now time.Time) {
	stamp := now.Format("20060102T150405Z")
	request.Header.Set("X-Amz-Date", stamp)
	request.Header.Set("X-Amz-Security-Token", token)
	const names = "content-type;host;x-amz-date;x-amz-security-token"
	canonical := fmt.Sprintf("%s\n%s\n\ncontent-type:%s\nhost:%s\nx-amz-date:%s\nx-amz-security-token:%s\n\n%s\n%x",
		request.Method, request.URL.Path, request.Header.Get("Content-Type"), request.URL.Host, stamp, token, names,
		sha256.Sum256(body))
	scope := stamp[:8] + "/" + region + "/batch/aws4_request"
	key := []byte("AWS4" + secretKey)
	for _, part := range []string{stamp[:8], region, "batch", "aws4_request"} {
		key = mac(key, part)
	}
	toSign := fmt.Sprintf("AWS4-HMAC-SHA256\n%s\n%s\n%x", stamp, scope, sha256.Sum256([]byte(canonical)))
	request.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s",
		accessKey, scope, names, hex.EncodeToString(mac(key, toSign))))
}

func mac(key []byte, text string) []byte {
	hash := hmac.New(sha256.New, key)
	hash.Write([]byte(text))
	return hash.Sum(nil)
}

// read returns the whole body, so that the connection can be used again.
func read(response *http.Response, wanted int) ([]byte, error) {
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != wanted {
		err = fmt.Errorf("%s: status %d: %s", response.Request.URL, response.StatusCode, body)
	}
	return body, err
}
