"""Requests with an Idempotency-Key make one job, with moto's DynamoDB and Batch; botocore accepts every request."""

import json
import time
import uuid

import pytest
from botocore.credentials import Credentials
from botocore.session import get_session
from botocore.validate import ParamValidator

import model
import proxy_events
from forwarding import Forwarding
from function import KEY_ID, REGION, SECRET
from moto_process import client, moto  # noqa: F401
from test_function_signature import expected

DYNAMODB = get_session().get_service_model("dynamodb")
QUEUE, DEFINITION, TABLE = "sample-queue", "sample-job", "keys"
PATHS = {"/v1/submitjob": "SubmitJob", "/v1/listjobs": "ListJobs", "/v1/describejobs": "DescribeJobs"}
EVENT = {"queue": QUEUE, "definition": DEFINITION}
UNAVAILABLE = (500, {"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError", "message": "?"})
THROTTLED = (400, {"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"})


@pytest.fixture(scope="module")
def services(moto):
    """A queue, a definition and a table in moto, which doesn't check permissions."""
    iam = client(moto, "iam")
    role = iam.create_role(RoleName="any", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    batch = client(moto, "batch")
    environment = batch.create_compute_environment(
        computeEnvironmentName="machines", type="UNMANAGED", serviceRole=role)["computeEnvironmentArn"]
    batch.create_job_queue(
        jobQueueName=QUEUE, state="ENABLED", priority=1,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": environment}])
    batch.register_job_definition(
        jobDefinitionName=DEFINITION, type="container",
        containerProperties={"image": "busybox", "vcpus": 1, "memory": 128, "command": ["true"]})
    client(moto, "dynamodb").create_table(
        TableName=TABLE, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    return moto


class World:
    """The function between recording servers in front of moto."""

    def __init__(self, function, serve, moto, **environment):
        self.moto = moto
        self.batch, self.table = serve(Forwarding, moto), serve(Forwarding, moto)
        self.function = function(
            batch_url=self.batch.url, AWS_ENDPOINT_URL_DYNAMODB=self.table.url,
            **{"IDEMPOTENCY_TABLE": TABLE, **environment})
        self.key = str(uuid.uuid4())

    def send(self, *events):
        """Sends events with the key, the usual one if there are none, and returns the responses."""
        return self.function.invoke(*(events or [self.event()]))

    def event(self, shape="rest", body="{}", **members):
        return proxy_events.event(shape, body, **{**EVENT, "key": self.key, **members})

    @property
    def jobs(self):
        """The ids of the jobs that were submitted for the key."""
        batch = client(self.moto, "batch")
        tags = {json.loads(request.body)["tags"]["apigw-batch:request"] for request in self.batch.requests
                if request.target == "/v1/submitjob"}
        ids = [job["jobId"] for job in batch.list_jobs(
            jobQueue=QUEUE, filters=[{"name": "JOB_NAME", "values": ["*"]}])["jobSummaryList"]]
        return [job["jobId"] for start in range(0, len(ids), 100)
                for job in batch.describe_jobs(jobs=ids[start:start + 100])["jobs"]
                if job["tags"].get("apigw-batch:request") in tags]

    @property
    def item(self):
        """The key's item."""
        items = client(self.moto, "dynamodb").scan(TableName=TABLE, ConsistentRead=True)["Items"]
        owners = {json.loads(request.body)["Item"]["id"]["S"] for request in self.table.requests
                  if request.headers["x-amz-target"].endswith("PutItem")}
        found = [item for item in items if item["id"]["S"] in owners]
        assert len(found) <= 1
        return found[0] if found else None

    def age(self, **numbers):
        """Changes numbers of the key's item."""
        for name, number in numbers.items():
            client(self.moto, "dynamodb").update_item(
                TableName=TABLE, Key={"id": self.item["id"]}, UpdateExpression="SET #name = :value",
                ExpressionAttributeNames={"#name": name}, ExpressionAttributeValues={":value": {"N": str(number)}})

    def abandon(self, seconds):
        """Makes the key's item one whose owner stopped some seconds ago."""
        self.age(in_progress_expiration=int((time.time() - seconds) * 1000))

    @staticmethod
    def operation(name):
        return DYNAMODB.operation_model(name)

    def check(self):
        """Every request conforms to botocore's model, and has the signature that botocore makes for it."""
        credentials = Credentials(KEY_ID, SECRET)
        for service, server in (("batch", self.batch), ("dynamodb", self.table)):
            for request in server.requests:
                operation = (model if service == "batch" else self).operation(name(request))
                report = ParamValidator().validate(json.loads(request.body), operation.input_shape)
                assert not report.has_errors(), (request, report.generate_report())
                assert request.headers["authorization"] == expected(request, server.url, credentials, REGION, service)
                if service == "dynamodb":
                    assert request.headers["content-type"] == "application/x-amz-json-1.0"


@pytest.fixture
def world(function, serve, services):
    worlds = []

    def make(**environment):
        worlds.append(World(function, serve, services, **environment))
        return worlds[-1]

    yield make
    for each in worlds:
        each.check()


def name(request):
    """The name of the operation that is requested."""
    return PATHS.get(request.target) or request.headers["x-amz-target"].removeprefix("DynamoDB_20120810.")


def replayed(answer):
    headers = answer.proxy.get("headers") or {}
    return headers.get("Idempotent-Replayed") == "true"


@pytest.mark.parametrize("shape", proxy_events.SHAPES)
def test_the_same_request_again_gets_the_first_response(world, shape):
    its = world()
    first, second, third = its.send(*[its.event(shape, '{"tags":{"team":"a"}}')] * 3)
    assert (first.status, second.status) == (200, 200)
    assert first.proxy["body"] == second.proxy["body"] == third.proxy["body"]
    assert [replayed(each) for each in (first, second, third)] == [False, True, True]
    assert its.jobs == [first.body["jobId"]]
    (job,) = client(its.moto, "batch").describe_jobs(jobs=its.jobs)["jobs"]
    assert job["tags"].keys() == {"team", "apigw-batch:request"}
    item = its.item
    assert item["status"] == {"S": "COMPLETED"}
    assert item["data"]["S"] == first.proxy["body"]
    assert item["id"]["S"] == "apigw-batch#" + job["tags"]["apigw-batch:request"]
    assert abs(int(item["expiration"]["N"]) - time.time() - 86_400) < 60
    # The first request writes twice, a further one once.
    assert len(its.table.requests) == 4


def test_a_quoted_key_is_the_same_as_a_bare_one(world):
    its = world()
    first, second = its.send(its.event(), its.event(key=f'"{its.key}"'))
    assert replayed(second) and first.proxy["body"] == second.proxy["body"]


def test_another_process_finds_the_key(world, function, serve, services):
    its, other = world(), world()
    other.key = its.key
    (first,), (second,) = its.send(), other.send()
    assert replayed(second) and first.proxy["body"] == second.proxy["body"]


def test_callers_do_not_share_keys(world):
    its = world()

    def caller(name):
        return its.event(requestContext={"stage": "prod", "authorizer": {"principalId": name}})

    answers = its.send(caller("ann"), caller("bob"), caller("ann"), its.event())
    assert [replayed(answer) for answer in answers] == [False, False, True, False]
    assert len({answer.body["jobId"] for answer in answers}) == 3


@pytest.mark.parametrize("change", [{"body": '{"parameters":{}}'}, {"body": None}, {"definition": "sample-job:1"}])
def test_a_key_is_for_one_request_only(world, change):
    its = world()
    first, second = its.send(its.event(), its.event(**change))
    assert (first.status, second.status) == (200, 422)
    assert (second.body["type"], second.body["submitted"]) == ("idempotency-key-reused", "no")
    assert len(its.jobs) == 1


@pytest.mark.parametrize("faults", [["lost"], ["dropped"], ["lost", "lost"], [UNAVAILABLE], [THROTTLED, "lost"]])
def test_a_lost_claim_is_repeated(world, faults):
    its = world()
    its.table.faults = list(faults)
    first, second = its.send(*[its.event()] * 2)
    assert (first.status, replayed(second)) == (200, True)
    assert its.jobs == [first.body["jobId"]] == [second.body["jobId"]]


@pytest.mark.parametrize("fault", ["lost", "dropped", UNAVAILABLE])
def test_a_response_that_is_not_stored_is_found(world, fault):
    its = world()
    its.table.faults = [None] + [fault] * 3
    (first,) = its.send()
    assert first.status == 200
    if fault == "lost":
        assert its.item["status"] == {"S": "COMPLETED"}
        return
    assert its.function.log[-1]["level"] == "WARN"
    assert "could not be stored" in its.function.log[-1]["message"]
    (busy,) = its.send()
    assert (busy.status, busy.body["type"], busy.body["submitted"]) == (409, "in-progress", "unknown")
    assert 1 <= int(busy.proxy["headers"]["Retry-After"]) <= 5
    its.abandon(seconds=1)
    found, again = its.send(*[its.event()] * 2)
    assert replayed(found) and replayed(again)
    assert {each.body["jobId"] for each in (first, found, again)} == set(its.jobs)
    assert len(its.jobs) == 1


@pytest.mark.parametrize("name", ["mine", None])
def test_a_job_whose_response_was_lost_is_found(world, name):
    its = world()
    its.batch.faults = ["lost"]
    body = json.dumps({"jobName": name}) if name else ""
    event = its.event(body=body)
    (first,) = its.send(event)
    assert (first.status, first.body["submitted"]) == (504, "unknown")
    assert "same Idempotency-Key again" in first.body["detail"]
    its.abandon(seconds=1)
    (second,) = its.send(event)
    assert (second.status, replayed(second)) == (200, True)
    assert its.jobs == [second.body["jobId"]]
    assert second.body.keys() == {"jobArn", "jobId", "jobName"}


def test_a_request_that_was_lost_is_submitted_once_it_can_no_longer_arrive(world):
    its = world()
    its.batch.faults = ["dropped"]
    (first,) = its.send()
    assert first.status == 504
    for seconds in (1, 300):
        its.abandon(seconds)
        (busy,) = its.send()
        assert (busy.status, busy.body["type"]) == (409, "in-progress")
    its.abandon(seconds=361)
    second, third = its.send(*[its.event()] * 2)
    assert (second.status, replayed(second), replayed(third)) == (200, False, True)
    assert its.jobs == [second.body["jobId"]]


def test_the_settle_time_can_be_shortened(world):
    its = world(IDEMPOTENCY_SETTLES_AFTER="2")
    its.batch.faults = ["dropped"]
    its.send()
    its.abandon(seconds=3)
    (second,) = its.send()
    assert (second.status, replayed(second)) == (200, False)
    assert "IDEMPOTENCY_SETTLES_AFTER" in its.function.log[0]["message"]


# The requests of each way that a request with a key can go, in order.
WAYS = {
    "first": ["PutItem", "SubmitJob", "UpdateItem"],
    "found": ["PutItem", "ListJobs", "DescribeJobs", "UpdateItem"],
    "taken over": ["PutItem", "ListJobs", "UpdateItem", "SubmitJob", "UpdateItem"],
    "replayed": ["PutItem"],
}


@pytest.mark.parametrize("carried_out", [False, True])
@pytest.mark.parametrize(("way", "number"), [(way, number) for way, names in WAYS.items() for number in range(len(names))])
def test_a_function_that_is_killed_at_a_request(world, way, number, carried_out):
    its, names = world(), []
    if way != "first":
        its.batch.faults = {"found": ["lost"], "taken over": ["dropped"], "replayed": [None]}[way]
        its.send()
    if way in ("found", "taken over"):
        its.abandon(seconds=1 if way == "found" else 361)

    def fault(request):
        names.append(name(request))
        if len(names) <= number:
            return None
        its.function.process.kill()
        return "lost" if carried_out else "dropped"

    its.table.faults = its.batch.faults = fault
    with pytest.raises(AssertionError, match="exited with -9"):
        its.send()
    assert names == WAYS[way][:number + 1]

    # Another process, once nothing can arrive anymore.
    again = world()
    again.key = its.key
    if its.item and "data" not in its.item:
        its.abandon(seconds=361)
    second, third = again.send(*[again.event()] * 2)
    assert (second.status, third.status, replayed(third)) == (200, 200, True)
    assert second.proxy["body"] == third.proxy["body"]
    again.batch.requests += its.batch.requests
    assert again.jobs == [second.body["jobId"]]
    again.batch.requests = []


def test_a_refused_job_frees_the_key(world):
    its = world()
    refused = its.event(body='{"tags":{"aws:x":"y"}}')
    its.batch.faults = [(400, {"message": "No"}, [("x-amzn-ErrorType", "ClientException")])]
    first, second = its.send(refused, its.event())
    assert (first.status, first.body["submitted"], second.status) == (400, "no", 200)
    assert its.jobs == [second.body["jobId"]]


def test_an_expired_key_is_free_although_its_item_is_still_there(world):
    its = world()
    (first,) = its.send()
    its.age(expiration=int(time.time()) - 2)
    (second,) = its.send(its.event(body='{"parameters":{"n":"2"}}'))
    assert (second.status, replayed(second)) == (200, False)
    assert first.body["jobId"] != second.body["jobId"]


def test_a_missing_table_is_named_in_the_log(world):
    its = world(IDEMPOTENCY_TABLE="no-such-table")
    (answer,) = its.send()
    assert (answer.status, answer.body["type"], answer.body["submitted"]) == (503, "idempotency-key-unchecked", "no")
    assert "DynamoDB table no-such-table in us-east-1 doesn't exist" in its.function.log[-1]["message"]
    assert "no-such-table" not in answer.proxy["body"]
    assert its.batch.requests == []


def test_a_request_without_a_key_does_not_touch_the_table(world):
    its = world()
    (answer,) = its.send(its.event(key=None))
    assert answer.status == 200
    assert its.table.requests == []
    assert "apigw-batch" not in its.batch.requests[0].body.decode()


def test_a_key_can_be_required(world):
    its = world(IDEMPOTENCY_KEY="required")
    missing, given = its.send(its.event(key=None), its.event())
    assert (missing.status, missing.body["type"]) == (400, "idempotency-key-missing")
    assert given.status == 200


def test_a_key_is_refused_without_a_table(function, batch_stub):
    running = function()
    (answer,) = running.invoke(proxy_events.event(key="a"))
    assert (answer.status, answer.body["type"], answer.body["submitted"]) == (400, "idempotency-unavailable", "no")
    assert batch_stub.requests == []


@pytest.mark.parametrize("key", ["", '"', "é", "a, b", "k" * 256])
def test_a_bad_key_is_refused(world, key):
    its = world()
    (answer,) = its.send(its.event(key=key))
    assert (answer.status, answer.body["type"]) == (400, "bad-idempotency-key")
    assert its.table.requests == its.batch.requests == []
