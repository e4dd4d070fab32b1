"""A Runtime API and a Batch that misbehave differently in each invocation, always in the same way for a seed."""

import collections
import json
import random

from function import RuntimeAPI, accepted, request_id
from mutations import SEED
from server import Server, response

# The time for an invocation's Batch call, in seconds. The function reserves half a second for its response, and makes
# no further attempt with less than half a second left, so only a patient plan lets it retry.
BATCH_TIME = 0.15
PATIENT_BATCH_TIME = 1.6
RESERVE = 0.5
# Refusing this many connections makes a first attempt fail but, in a patient plan, lets a later one succeed.
REFUSALS = (1, 2, 3)

JSON = [("Content-Type", "application/json")]


class Plan:
    """What goes wrong in one invocation."""

    # What a request to Batch gets, with weights. The first letter is the job's fate: (a)ccepted, (r)ejected,
    # (t)hrottled, or (?) accepted or rejected, which only Batch knows.
    BATCH = {
        "a:answer": 30, "a:answer slowly": 3, "a:answer in pieces": 4, "a:answer and close": 4, "a:answer and reset": 3,
        "a:answer after interim": 3, "a:answer in chunks": 3, "a:answer without length": 3, "a:answer and another": 3,
        "?:stall": 5, "?:stall in the answer": 3, "?:close": 6, "?:reset": 6, "?:cut the head": 4, "?:cut the body": 5,
        "?:cut a chunk": 3, "?:garbage": 3, "?:other JSON": 3, "?:no JSON": 3, "?:nothing": 2, "?:too large": 1,
        "?:500": 4, "?:503": 3, "?:307": 2, "?:204": 1, "t:429": 8, "t:400": 3, "r:ClientException": 5,
        "r:AccessDenied": 3, "r:InvalidSignature": 2, "r:XML": 2,
    }
    BEFORE = {"": 70, "disconnect": 10, "refuse": 6, "drop": 6, "drop and refuse": 2}
    # A patient plan: many faults that are retried, and none that would use up its time.
    PATIENT = 0.12
    PATIENT_BATCH = {
        "a:answer": 50, "a:answer in chunks": 5, "?:close": 6, "?:reset": 3, "?:cut the head": 3, "?:500": 3, "t:429": 25,
        "t:400": 10, "r:ClientException": 3,
    }
    PATIENT_BEFORE = {"": 40, "refuse": 50, "drop": 5, "drop and refuse": 5}
    NEXT = {
        "": 84, "close": 2, "reset": 2, "cut": 2, "garbage": 1, "503": 1, "403": 1, "no request id": 1, "refuse": 1,
        "in pieces": 5,
    }
    POST = {
        "": 80, "close": 2, "reset": 2, "cut": 2, "slowly": 3, "400": 1, "403": 1, "410": 1, "413": 1, "503": 1,
        "lose": 3, "lose and refuse": 1,
    }

    def __init__(self, number):
        its = random.Random(f"{SEED} {number}")

        def some(weights, count):
            return its.choices(list(weights), list(weights.values()), k=count)

        self.is_patient = its.random() < self.PATIENT
        self.before = some(self.PATIENT_BEFORE if self.is_patient else self.BEFORE, 1)[0]
        self.refusals = its.choice(REFUSALS[:2] if self.is_patient else REFUSALS)
        self.accepts = its.random() < 0.5
        self.cut = its.random()
        self.batch = iter(some(self.PATIENT_BATCH if self.is_patient else self.BATCH, 5))
        # At most two faults in a row, because the function gives up after five.
        self.next = iter(some(self.NEXT, 2))
        self.post = iter(some(self.POST, 2))
        self.has_deadline = its.random() > 0.02


class FaultyBatch(Server):
    """Keeps a true record of what arrived and what it accepted, whatever it responds."""

    def __init__(self, loop):
        super().__init__(loop)
        self.plans = {}
        # By job name: the fates of its requests, and the ids that it got.
        self.fates = collections.defaultdict(list)
        self.ids = collections.defaultdict(list)
        self.dropping = 0

    def prepare(self, number, plan):
        """Begins an invocation."""
        self.plans[f"job-{number}"] = plan
        if "disconnect" in plan.before:
            self.disconnect()
        if "drop" in plan.before:
            self.disconnect()
            self.dropping = 1
        if plan.before == "refuse":
            self.refuse(plan.refusals)

    def opened(self, connection):
        if self.dropping:
            self.dropping -= 1
            connection.reset()

    def handle(self, request, connection):
        name = json.loads(request.body)["jobName"]
        plan = self.plans[name]
        if plan.before == "drop and refuse":
            self.refuse(plan.refusals)
        fate, _, fault = next(plan.batch).partition(":")
        if fate == "?":
            fate = "a" if plan.accepts else "r"
        self.fates[name].append(fate)
        if fate == "a":
            self.ids[name].append(f"00000000-0000-4000-8000-{int(name[4:]):012d}")
        self.misbehave(fault, plan, accepted(int(name[4:])), connection)

    def misbehave(self, fault, plan, answer, connection):
        whole = response(200, answer, JSON)
        half = whole[:-1 - int(plan.cut * (len(answer) - 1))]
        chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (answer[:20], answer[20:]))
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
        later = self.loop.call_later
        match fault:
            case "answer":
                connection.write(whole)
            case "answer slowly":
                later(0.02, connection.write, whole)
            case "answer in pieces":
                for number, start in enumerate(range(0, len(whole), 90)):
                    later(0.003 * number, connection.write, whole[start:start + 90])
            case "answer and close":
                connection.write(response(200, answer, [*JSON, ("Connection", "close")]))
                connection.close()
            case "answer and reset":
                connection.write(whole)
                later(0.001, connection.reset)
            case "answer after interim":
                connection.write(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" + whole)
            case "answer in chunks":
                connection.write(chunked + b"0\r\n\r\n")
            case "answer without length":
                connection.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + answer)
                connection.close()
            case "answer and another":
                # The second is a stray: it must not be taken for the response to the next job.
                connection.write(whole + response(200, accepted(999_999_999), JSON))
            case "stall":
                pass
            case "stall in the answer":
                connection.write(half)
            case "close":
                connection.close()
            case "reset":
                connection.reset()
            case "cut the head":
                # Of any response: its status doesn't count, because the rest might have been anything.
                head = response(random.Random(plan.cut).choice([200, 400, 403, 429, 500]), b"{}", JSON)
                connection.write(head[:int(plan.cut * len(head))])
                connection.close()
            case "cut the body":
                connection.write(half)
                connection.close()
            case "cut a chunk":
                connection.write(chunked[:-5] if plan.cut < 0.5 else chunked)
                connection.close()
            case "garbage":
                connection.write(b"SSH-2.0-OpenSSH_9.2\r\n\x00\xff" if plan.cut < 0.5 else b"\r\n\r\n{}" * 9)
                connection.close()
            case "other JSON":
                connection.answer(200, b'{"jobId":7}' if plan.cut < 0.5 else b'{"message":"ok"}', JSON)
            case "no JSON":
                connection.answer(200, answer[:-1] if plan.cut < 0.5 else b"<html>200 OK</html>", JSON)
            case "nothing":
                connection.answer(200)
            case "too large":
                connection.answer(200, answer[:-1] + b',"more":"%b"}' % (b"x" * (2 << 20)), JSON)
            case "307":
                connection.answer(307, headers=[("Location", f"{self.url}/v1/submitjob")])
            case "500" | "503" | "204":
                connection.answer(int(fault), b"" if fault == "204" else b'{"message":null}')
            case "429":
                connection.answer(
                    429, {"message": "Too Many Requests"},
                    [("x-amzn-ErrorType", "TooManyRequestsException"), ("Retry-After", "2")])
            case "400":
                connection.answer(400, {"__type": "ThrottlingException", "message": "Rate exceeded"})
            case "ClientException":
                connection.answer(400, {"message": "no such queue"}, [("x-amzn-ErrorType", "ClientException")])
            case "AccessDenied":
                connection.answer(403, {"Message": "no"}, [("x-amzn-ErrorType", "AccessDeniedException:http://a/b")])
            case "InvalidSignature":
                connection.answer(403, {"message": "no"}, [("x-amzn-ErrorType", "InvalidSignatureException")])
            case "XML":
                connection.answer(403, b"<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>")
            case _:
                raise NotImplementedError(fault)


class FaultyRuntimeAPI(RuntimeAPI):
    """Serves each event until it has been delivered completely, and keeps every response that was."""

    def __init__(self, loop, batch):
        super().__init__(loop)
        self.batch = batch
        self.event = None
        self.plan = None
        # By invocation number: the responses that arrived, repeated if the API didn't confirm the first.
        self.answered = collections.defaultdict(list)
        self.refused = 0

    def next(self, connection):
        if self.event is None:
            self.event = next(self.events, None)
            if self.event is None:
                self.waiting = connection
                self.idle.set_result(None)
                return
            self.plan = Plan(self.served + 1)
        fault = next(self.plan.next, "")
        headers = self.headers(self.served + 1)
        match fault:
            case "close":
                connection.close()
            case "reset":
                connection.reset()
            case "cut":
                whole = response(200, self.event, headers)
                connection.write(whole[:int(self.plan.cut * len(whole))])
                connection.close()
            case "garbage":
                connection.write(b"220 smtp.example.com ESMTP\r\n")
                connection.close()
            case "503" | "403":
                connection.answer(int(fault), {"errorMessage": "busy", "errorType": "Unavailable"})
            case "no request id":
                connection.answer(200, self.event, [each for each in headers if "Request-Id" not in each[0]])
            case "refuse":
                self.refuse(1)
            case _:
                self.serve(self.event, connection, in_pieces=bool(fault))

    def serve(self, event, connection, in_pieces=False):
        self.served += 1
        self.event = None
        self.batch.prepare(self.served, self.plan)
        headers = self.headers(self.served)
        if not self.plan.has_deadline:
            headers = [each for each in headers if "Deadline" not in each[0]]
        whole = response(200, event, headers)
        if self.plan.is_patient:
            # Batch disappears before the function gets the event. Otherwise a kept connection could die with the
            # request on it, whose outcome would be unknown, so that it isn't retried. The other plans leave that to
            # chance.
            return self.batch.when_disconnected(connection.write, whole)
        if not in_pieces:
            return connection.write(whole)
        for number in range(3):
            part = whole[number * len(whole) // 3:(number + 1) * len(whole) // 3]
            self.loop.call_later(0.002 * number, connection.write, part)

    def headers(self, number):
        self.timeout = (PATIENT_BATCH_TIME if self.plan.is_patient else BATCH_TIME) + RESERVE
        return super().headers(number)

    def posted(self, answer, connection):
        assert answer.request_id == request_id(self.served), f"{answer} belongs to another invocation"
        fault = next(self.plan.post, "")
        if "lose" in fault:
            # As if it had not arrived: the function must post it again.
            connection.reset()
            if "refuse" in fault:
                self.refuse(1)
            return
        again = bool(self.answered[self.served])
        self.answered[self.served].append(answer)
        done = response(400 if again else 202, {"status": "OK"})
        match fault:
            case "close":
                connection.close()
            case "reset":
                connection.reset()
            case "cut":
                connection.write(done[:int(self.plan.cut * len(done))])
                connection.close()
            case "slowly":
                self.loop.call_later(0.02, connection.write, done)
            case "":
                connection.write(done)
            case _:
                self.refused += 1
                connection.answer(int(fault), {"errorMessage": "no", "errorType": "Refused"})
