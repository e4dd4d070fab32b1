"""How the Runtime API delivers an event and responds to posts in the wire campaign."""

import time
import typing

HOSTILE_DEADLINES = [
    b"-9223372036854775808", b"-9223372036854775807", b"-9223372036854775800", b"-9223372036854775308",
    b"-9223372036854775309", b"-9223372036854774808", b"9223372036854775807", b"9223372036854775806",
    b"9223372036854775308",
    b"9223372036854775808", b"-9223372036854775809", b"0", b"-0", b"-1", b"1", b"+1", b"4294967296", b"2147483648",
    b"", b" ", b"-", b"+", b"abc", b"0x7f", b"1e12", b"1.5", b"1795414864310.5", b"17954148643\t10", b"1 2", b"1,2",
    b"9" * 19, b"9" * 40, b"9" * 4000, b"-" + b"9" * 40, b"0" * 60, b"\xd9\xa1", b"\xff", b"NaN", b"null",
    b"99999999999999",
]
HOSTILE_IDS = [
    b"x", b"a b", b"a/b", b"../next", b"..", b".", b"%2F", b"%00", b"a?b", b"a#b", b"a&b=c", b'a"b', b"a\\b", b"a;b",
    b"a:b@c",
    b"\xc3\xa9", b"\xf0\x9f\x98\x80", b"\xff\xfe", b"\x7f", b"a\tb", b"---", b"0", b"{}", b"<script>", b"a" * 200,
    b"i" * 6000,
    b"$(id)", b"\xe2\x80\xa8", b"\xe2\x80\xae", b'" status=200 jobId="forged',
]
REUSED_ID = b"c0ffee00-3c1e-4d4b-9d38-000000000000"
HOSTILE_TRACES = [
    b"", b" ", b"Root", b"Root=1-a;Parent=b;Sampled=1" * 3, b"x" * 1000, b"x" * 1100, b"y" * 20_000, b"\xff\xfe",
    b"a=b=c\x7f", b"%s%n",
]
# Layouts of a head that an HTTP client may reject; it then asks for the event again.
LAYOUTS = [
    "first line begins with a space", "folded", "NUL", "bare LF", "no reason", "HTTP/1.0", "long line", "chunked",
]
# The Runtime API's response to a post. After one of the first group, the function posts no more.
FINAL = ["202", "200", "202 twice", "400", "403", "410", "413", "503", "500"]
LOST = ["reset", "close", "cut"]


class Delivery(typing.NamedTuple):
    """One delivery of an event."""

    # The values of the request id's header. The post names the one that the function uses.
    ids: list
    # The values of the deadline's header: seconds from now, or raw bytes.
    deadlines: list
    trace: bytes | None
    nonce: bytes | None
    layout: str
    # The responses to posts.
    fates: list

    @property
    def may_be_refused(self):
        """Whether a client may fail to parse it, and ask again."""
        return self.layout not in ("", "pieces", "twice") or not self.ids or b"" in self.ids

    @property
    def may_fail(self):
        """Whether a function error may be posted for it, because the deadline is invalid."""
        return len(self.deadlines) != 1 or not isinstance(self.deadlines[0], float)

    @property
    def is_plain(self):
        return not self.may_be_refused and not self.may_fail and len(self.ids) == 1

    def written(self, event):
        """The complete response to `/next`."""
        lines = [b"HTTP/1.1 200 OK", b"Content-Type: application/json"]
        for value in self.ids:
            lines.append(b"Lambda-Runtime-Aws-Request-Id: " + value)
        for value in self.deadlines:
            if isinstance(value, float):
                value = b"%d" % ((time.time() + value) * 1000)
            lines.append(b"Lambda-Runtime-Deadline-Ms: " + value)
        if self.trace is not None:
            lines.append(b"Lambda-Runtime-Trace-Id: " + self.trace)
        if self.nonce is not None:
            lines.append(b"Lambda-Runtime-Invocation-Id: " + self.nonce)
        body = event
        length = b"Content-Length: %d" % len(event)
        match self.layout:
            case "first line begins with a space":
                lines.insert(1, b" X-Odd: 1")
            case "folded":
                lines.insert(2, b"X-Odd: 1\r\n  and more")
            case "NUL":
                lines.insert(2, b"X-Odd: \x00")
            case "no reason":
                lines[0] = b"HTTP/1.1 200"
            case "HTTP/1.0":
                lines[0] = b"HTTP/1.0 200 OK"
            case "long line":
                lines.append(b"X-Odd: " + b"x" * 120_000)
            case "chunked":
                length = b"Transfer-Encoding: chunked"
                body = (b"%x\r\n%b\r\n" % (len(event), event) if event else b"") + b"0\r\n\r\n"
        lines.append(length)
        return (b"\n" if self.layout == "bare LF" else b"\r\n").join([*lines, b"", b""]) + body


def plain(its, number, seconds):
    """A delivery as Lambda makes it."""
    identifier = b"%08x-3c1e-4d4b-9d38-%012x" % (number, its.getrandbits(48))
    if its.random() < 0.04:
        # A caller of Lambda may choose the id, and reuse it for several events.
        identifier = REUSED_ID
    trace = b"Root=1-6b03db49-%024x;Parent=0a1b2c3d4e5f6071;Sampled=0" % number
    nonce = b"nonce-%d" % number if its.random() < 0.2 else None
    return Delivery([identifier], [seconds], trace, nonce, "", ["202"])


def hostile(its, delivery, number):
    """A delivery with something that Lambda never sends."""
    if its.random() < 0.08:
        # Rare, because the function waits 50 ms before it asks again.
        if its.random() < 0.3:
            return delivery._replace(ids=its.choice([[b""], []]))
        return delivery._replace(layout=its.choice([*LAYOUTS, "twice"]))
    match its.randrange(8):
        case 0 | 1 | 2:
            return delivery._replace(deadlines=[its.choice(HOSTILE_DEADLINES)])
        case 3:
            return delivery._replace(deadlines=its.choice([
                [], [b"", *delivery.deadlines], [*delivery.deadlines, b"x"],
                [b"-9223372036854775808", *delivery.deadlines]]))
        case 4 | 5:
            # With the number, so that it differs from the last id.
            text = its.choice(HOSTILE_IDS) + b"%d" % number
            return delivery._replace(ids=its.choice([[text], [text], [text, *delivery.ids]]))
        case 6:
            return delivery._replace(trace=its.choice([None, *HOSTILE_TRACES]))
        case _:
            return delivery._replace(layout=its.choice(["no reason", "HTTP/1.0", "chunked", "pieces"]))


def posts(its):
    """The responses to the posts of one response, the first few of which may be lost."""
    # The function waits longer before each further attempt, 50 ms at first.
    lost = its.choices([0, 1, 2, 5], [900, 90, 9, 1])[0]
    return [its.choice(LOST) for _ in range(lost)] + [its.choice(FINAL[:-1])]


def deliveries(its, first, seconds):
    """The first delivery, and redeliveries of the same event."""
    found = [first._replace(fates=posts(its)) if its.random() < 0.02 else first]
    for _ in range(its.choices([0, 1, 2], [88, 10, 2])[0]):
        again = first._replace(fates=posts(its)) if its.random() < 0.1 else first
        if again.is_plain:
            # The nonce is different for each delivery.
            nonce = again.nonce and again.nonce + b"-%d" % len(found)
            again = again._replace(deadlines=[its.choice([seconds, -1.0, 60.0])], nonce=nonce)
        found.append(again)
    if len(found) > 1 and its.random() < 0.5:
        found[0] = found[0]._replace(fates=[its.choice(LOST), its.choice(["400", "403"])] if its.random() < 0.03
                                     else [its.choice(["400", "403", "410", "413", "503"])])
    if len(found) == 1 and its.random() < 0.0005:
        found[0] = found[0]._replace(fates=["500"])
    return found
