"""The direct routes of jobs that exist: what they send to Batch, and what they make of its responses."""

import json

from velocity import evaluate, members

ID = "4d75c097-f602-48a3-a326-fa9597fa793f"
JOB, JOBS = "/direct/queues/{jobQueue}/jobs/{jobId}", "/direct/queues/{jobQueue}/jobs"
ROUTES = {"read": ("GET", JOB), "cancel": ("DELETE", JOB), "list": ("GET", JOBS)}


class Operation:
    """One of the routes: what it sends to Batch, and what it makes of Batch's response."""

    def __init__(self, stack, name):
        self.definition = stack.operations("RestApi")[ROUTES[name]]
        self.integration = self.definition["x-amazon-apigateway-integration"]
        self.takes_id = name != "list"

    def _path(self, jobQueue, jobId):
        return {"jobQueue": jobQueue, **({"jobId": jobId} if self.takes_id else {})}

    def request(self, query=None, jobQueue="a-queue", jobId=ID):
        template = self.integration["requestTemplates"]["application/json"]
        return members(evaluate(template, query=query, **self._path(jobQueue, jobId))[0])

    def response(self, status, body, query=None, jobQueue="a-queue", jobId=ID):
        """The status, the headers that the template sets, and the body."""
        response = self.integration["responses"].get(str(status), self.integration["responses"]["default"])
        text, context = evaluate(
            response["responseTemplates"]["application/json"], body if isinstance(body, str) else json.dumps(body),
            query=query, **self._path(jobQueue, jobId))
        override = context["responseOverride"]
        return override.get("status", int(response["statusCode"])), dict(override["header"]), members(text)

    def refusal(self, **given):
        """The problem that Batch's refusal of `{}` becomes."""
        status, headers, problem = self.response(400, {"message": "A member is missing."}, **given)
        assert status == problem["status"] == 400 and headers == {}
        return problem
