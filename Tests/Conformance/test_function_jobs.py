"""Jobs are read, listed and cancelled over HTTP, on the embedded Batch and on moto; botocore accepts every request."""

import json
import urllib.parse

import pytest
from botocore.credentials import Credentials
from botocore.validate import ParamValidator

import model
import proxy_events
from forwarding import Forwarding
from function import KEY_ID, REGION, SECRET
from moto_process import client, moto  # noqa: F401
from test_function_signature import expected

UNKNOWN = "8c1f0a2e-6f0b-4c55-9a3e-1d2c3b4a5f60"
OPERATIONS = {"submitjob": "SubmitJob", "describejobs": "DescribeJobs", "listjobs": "ListJobs", "terminatejob": "TerminateJob"}
ANN, BOB = ("lambda", "ann"), ("lambda", "bob")
# What must not reach a caller: the account, and what runs.
PRIVATE = ("123456789012", "arn:aws:batch", "busybox", "jobRoleArn", "taskArn")


class Caller:
    """Sends requests through the function, and follows references as a client does."""

    def __init__(self, function, shape="rest", caller=None, prefix=""):
        self.function, self.shape, self.caller, self.prefix = function, shape, caller, prefix

    def send(self, method, path, query=(), **options):
        event = proxy_events.request(self.shape, method, path, query, self.caller, self.prefix, **options)
        (answer,) = self.function.invoke(event)
        return answer

    def submit(self, queue="sample-queue", definition="sample-job", **members):
        answer = self.send("POST", f"/jobs/{queue}/{definition}", body=json.dumps(members))
        assert answer.status == 200, answer
        return answer.body["jobId"]


def header(answer, name):
    return (answer.proxy.get("headers") or {name: values[0] for name, values in answer.proxy["multiValueHeaders"].items()}).get(name)


@pytest.fixture
def recorded(serve, function, batch_url):
    """Starts the function with a recording server in front of the embedded Batch, and checks the requests at the end."""
    servers = []

    def start(**environment):
        servers.append(serve(Forwarding, batch_url, is_signed=True))
        return function(batch_url=servers[-1].url, **environment)

    yield start
    for server in servers:
        for request in server.requests:
            operation = model.operation(OPERATIONS[request.target.removeprefix("/v1/")])
            report = ParamValidator().validate(json.loads(request.body), operation.input_shape)
            assert not report.has_errors(), (request, report.generate_report())
            assert request.headers["authorization"] == expected(
                request, server.url, Credentials(KEY_ID, SECRET), REGION, "batch")


@pytest.mark.parametrize("shape", proxy_events.SHAPES)
def test_a_job_from_its_submit_to_its_end(recorded, batch, shape):
    caller = Caller(recorded(), shape)
    id = caller.submit(jobName="mine", tags={"team": "é"}, timeout={"attemptDurationSeconds": 60})
    path = f"/queues/sample-queue/jobs/{id}"

    read = caller.send("GET", path)
    assert read.status == 200
    (job,) = batch.describe_jobs(jobs=[id])["jobs"]
    assert read.body["jobId"] == id and read.body["jobName"] == "mine" and read.body["jobQueue"] == "sample-queue"
    assert read.body["jobDefinition"] == "sample-job:3"
    assert read.body["createdAt"] == job["createdAt"] and read.body["tags"] == {"team": "é"}
    assert read.body["timeout"] == {"attemptDurationSeconds": 60}
    assert not any(text in read.proxy["body"] for text in PRIVATE)
    assert list(read.body)[:5] == ["jobId", "jobName", "jobQueue", "jobDefinition", "status"]

    ended = read.body["status"] in ("SUCCEEDED", "FAILED")
    assert (header(read, "Retry-After") is None) == ended
    tag = header(read, "ETag")
    same = caller.send("GET", path, headers=[("if-none-match", f'"other", W/{tag}')])
    if same.status == 304:
        assert (same.proxy["body"], header(same, "ETag"), header(same, "Content-Type")) == ("", tag, None)

    cancelled = caller.send("DELETE", path, [("reason", "no longer needed, é & more")])
    assert cancelled.status == (200 if ended else 202)
    assert cancelled.body["jobId"] == id
    after = caller.send("GET", path)
    if not ended:
        assert (after.body["status"], after.body["isTerminated"]) == ("FAILED", True)
        assert after.body["statusReason"] == "no longer needed, é & more"
        assert header(after, "ETag") != tag
    again = caller.send("DELETE", path)
    assert (again.status, again.body) == (200, after.body)


@pytest.mark.parametrize("shape", proxy_events.SHAPES)
def test_what_is_not_in_the_queue_does_not_exist(recorded, shape):
    caller = Caller(recorded(), shape)
    id = caller.submit()
    for method in ("GET", "DELETE"):
        texts = set()
        for path in (f"/queues/sample-queue/jobs/{UNKNOWN}", f"/queues/other-queue/jobs/{id}", f"/queues/none/jobs/{id}"):
            answer = caller.send(method, path)
            assert (answer.status, answer.body["type"], answer.body["submitted"]) == (404, "job-not-found", "no")
            texts.add(answer.body["detail"].replace(id, UNKNOWN))
        assert len(texts) == 1 and "forgets" in texts.pop()
    assert caller.send("GET", f"/queues/sample-queue/jobs/{id}").body.get("isTerminated") is not True


def test_a_child_of_an_array(recorded):
    caller = Caller(recorded(ALLOWED_MEMBERS="arrayProperties"))
    id = caller.submit(arrayProperties={"size": 3})
    assert sum(caller.send("GET", f"/queues/sample-queue/jobs/{id}").body["arrayProperties"]["statusSummary"].values()) == 3
    child = caller.send("GET", f"/queues/sample-queue/jobs/{id}:2")
    assert (child.status, child.body["jobId"], child.body["arrayProperties"]["index"]) == (200, f"{id}:2", 2)
    assert caller.send("GET", f"/queues/sample-queue/jobs/{id}:3").status == 404


@pytest.mark.parametrize("shape", proxy_events.SHAPES)
@pytest.mark.parametrize("prefix", ["", "/lambda", "/prod/v1"])
def test_the_location_resolves_behind_stages_and_base_paths(recorded, shape, prefix):
    caller = Caller(recorded(), shape, prefix=prefix)
    for definition in ("sample-job", "sample-job:3"):
        for slash in ("", "/"):
            path = f"/jobs/sample-queue/{definition}"
            event = proxy_events.request(shape, "POST", path + slash, prefix=prefix, routed=False)
            (answer,) = caller.function.invoke(event)
            # The stage is in the URL, but not in every event.
            url = urllib.parse.urljoin(f"https://a.example/stage{prefix}{path}{slash}", header(answer, "Location"))
            assert url == f"https://a.example/stage{prefix}/queues/sample-queue/jobs/{answer.body['jobId']}"
    assert caller.send("GET", urllib.parse.urlparse(url).path.removeprefix(f"/stage{prefix}")).status == 200


@pytest.mark.parametrize("shape", proxy_events.SHAPES)
def test_a_list_shows_every_job_once_newest_first(recorded, batch, shape):
    caller = Caller(recorded(), shape)
    name = f"list-{shape}"
    ids = [caller.submit("other-queue", "other-job:7", jobName=f"{name}-{number}") for number in range(5)]
    batch.terminate_job(jobId=ids[1], reason="enough")

    # Without a query, in pages: the newest jobs come first, in every state.
    seen, query = [], [("limit", "2")]
    while query is not None and len(seen) < 100:
        page = caller.send("GET", "/queues/other-queue/jobs", query)
        assert page.status == 200 and len(page.body["jobs"]) <= 2, page
        seen += [job["jobId"] for job in page.body["jobs"]]
        link = header(page, "Link")
        assert (link is None) == ("nextToken" not in page.body)
        query = link and urllib.parse.parse_qsl(link.partition("?")[2].partition(">")[0], strict_parsing=True)
    assert seen[:5] == ids[::-1] and len(set(seen)) == len(seen)

    def listed(**query):
        page = caller.send("GET", "/queues/other-queue/jobs", query.items())
        assert page.status == 200 and not any(text in page.proxy["body"] for text in PRIVATE), page
        return [job["jobId"] for job in page.body["jobs"]]

    assert listed(name=f"{name}-*") == ids[::-1] and listed(name=f"{name}-3") == [ids[3]]
    assert listed(name=f"{name}-*", status="FAILED") == [ids[1]]
    assert ids[1] in listed(status="FAILED") and ids[0] not in listed(status="FAILED")
    assert sorted(listed(name=f"{name}-*", status="FAILED") + listed(
        name=f"{name}-*", status="SUBMITTED,PENDING,RUNNABLE,STARTING,RUNNING,SUCCEEDED")) == sorted(ids)
    at = str(batch.describe_jobs(jobs=[ids[2]])["jobs"][0]["createdAt"])
    after, before = listed(name=f"{name}-*", createdAfter=at), listed(name=f"{name}-*", createdBefore=at)
    assert ids[2] not in after + before and set(after) <= set(ids[3:]) and set(before) <= set(ids[:2])
    assert listed(createdAfter="2099-01-01T00:00:00Z") == [] and listed(createdBefore="1000") == []


@pytest.mark.parametrize("shape", proxy_events.SHAPES)
def test_a_query_that_can_not_be_served_is_refused_by_name(recorded, shape):
    caller = Caller(recorded(), shape)
    for query, name in [
        ([("state", "RUNNING")], "state"), ([("status", "running")], "status"), ([("limit", "0")], "limit"),
        ([("limit", "5"), ("limit", "6")], "limit"), ([("nextToken", "x")], "nextToken"),
    ]:
        # A load balancer without multi-value headers delivers the last value alone.
        answer = caller.send("GET", "/queues/sample-queue/jobs", query)
        assert (answer.status, answer.body["type"]) == (400, "bad-query")
        assert name in answer.body["detail"]
    assert caller.send("GET", f"/queues/sample-queue/jobs/{UNKNOWN}", [("x", "y")]).status == 400
    assert caller.send("DELETE", f"/queues/sample-queue/jobs/{UNKNOWN}", [("reason", "x" * 1025)]).status == 400
    assert caller.send("GET", "/queues/no-such-queue/jobs").body["type"] == "refused-by-batch"


def test_only_the_allowed_operations_and_queues(recorded):
    caller = Caller(recorded(ALLOWED_OPERATIONS="submit,read", ALLOWED_JOB_QUEUES="sample-*"))
    id = caller.submit()
    assert caller.send("GET", f"/queues/sample-queue/jobs/{id}").status == 200
    for method, path, name in [
        ("DELETE", f"/queues/sample-queue/jobs/{id}", '"cancel"'), ("GET", "/queues/sample-queue/jobs", '"list"'),
        ("GET", f"/queues/other-queue/jobs/{id}", '"other-queue"'),
    ]:
        answer = caller.send(method, path)
        assert (answer.status, answer.body["type"]) == (403, "not-allowed") and name in answer.body["detail"]


def test_jobs_are_their_submitters(recorded, batch):
    function = recorded(SUBMITTER_TAG="submitted-by", JOBS_SEEN_BY="submitter")
    ann, bob = Caller(function, "http", ANN), Caller(function, "rest", BOB)
    id = ann.submit(tags={"team": "x"})
    assert batch.describe_jobs(jobs=[id])["jobs"][0]["tags"] == {"team": "x", "submitted-by": "principal ann"}
    path = f"/queues/sample-queue/jobs/{id}"
    assert (bob.send("GET", path).status, bob.send("DELETE", path).status) == (404, 404)
    assert id not in bob.send("GET", "/queues/sample-queue/jobs").proxy["body"]
    # The same person through another integration.
    assert Caller(function, "rest", ANN).send("GET", path).body["tags"]["submitted-by"] == "principal ann"
    assert id in ann.send("GET", "/queues/sample-queue/jobs", [("status", "RUNNABLE"), ("status", "SUBMITTED"), *(
        ("status", state) for state in ("PENDING", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"))]).proxy["body"]
    assert ann.send("DELETE", path).status in (200, 202)
    assert Caller(function, "alb").send("GET", path).status == 403
    forged = ann.send("POST", "/jobs/sample-queue/sample-job", body='{"tags":{"Submitted-By":"principal bob"}}')
    assert forged.status == 400 and "Submitted-By" in forged.body["detail"]


@pytest.mark.parametrize("fault", ["lost", "dropped", (500, {"message": "?"}), (429, {"message": "Too Many Requests"})])
def test_a_request_that_may_be_repeated_is_repeated(serve, function, batch_url, fault):
    server = serve(Forwarding, batch_url, is_signed=True)
    caller = Caller(function(batch_url=server.url))
    id = caller.submit()
    path = f"/queues/sample-queue/jobs/{id}"
    for method, path, statuses in [
        ("GET", path, {200}), ("GET", "/queues/sample-queue/jobs", {200}), ("DELETE", path, {200, 202}),
    ]:
        server.faults = [fault, None, fault]
        assert caller.send(method, path).status in statuses
    server.faults = [fault] * 3
    answer = caller.send("GET", path)
    assert answer.status == (fault[0] == 429 and 429 or 502 if isinstance(fault, tuple) else 504)
    assert answer.body["submitted"] == "no"


# moto, whose jobs are another implementation's.

@pytest.fixture(scope="module")
def queue(moto):
    iam, batch = client(moto, "iam"), client(moto, "batch")
    role = iam.create_role(RoleName="any", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    environment = batch.create_compute_environment(
        computeEnvironmentName="machines", type="UNMANAGED", serviceRole=role)["computeEnvironmentArn"]
    batch.create_job_queue(
        jobQueueName="reports", state="ENABLED", priority=1,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": environment}])
    batch.register_job_definition(
        jobDefinitionName="render", type="container",
        containerProperties={"image": "busybox", "vcpus": 1, "memory": 128, "command": ["true"]})
    return "reports"


def test_the_same_on_moto(function, moto, queue):
    caller = Caller(function(batch_url=moto, SUBMITTER_TAG="by", JOBS_SEEN_BY="submitter"), "url", ANN)
    id = caller.submit(queue, "render", jobName="mine")
    answer = caller.send("GET", f"/queues/{queue}/jobs/{id}")
    assert answer.status == 200
    assert (answer.body["jobId"], answer.body["jobQueue"], answer.body["jobDefinition"]) == (id, queue, "render:1")
    assert answer.body["tags"] == {"by": "principal ann"}
    assert not any(text in answer.proxy["body"] for text in PRIVATE)
    (job,) = caller.send("GET", f"/queues/{queue}/jobs", [("name", "mine")]).body["jobs"]
    assert (job["jobId"], job["jobName"]) == (id, "mine")
    assert caller.send("DELETE", f"/queues/{queue}/jobs/{id}").status in (200, 202)
    assert Caller(caller.function, "url", BOB).send("GET", f"/queues/{queue}/jobs/{id}").status == 404
