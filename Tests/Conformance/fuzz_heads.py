"""Response heads that violate HTTP, for the wire campaign. Batch has accepted the job in all cases."""

from mutations import of_bytes

LINES = [
    b" x: y", b"\tx: y", b" ", b"\t", b"  HTTP/1.1 400 Bad Request", b" Content-Length: 5",
    b" Transfer-Encoding: chunked", b" \x00",
    b" " + b"x" * 3000, b"\x0bx: y", b"\x0cx: y", b"\xa0x: y",
]
ODD_LINES = [
    b"no colon", b":", b": no name", b"X : y", b"X\x00: y", b"X: \x00", b"X: \xff\xfe", b"X:\ry", b"X: a\nY: b",
    b"\x01: y", b"X: " + b"y" * 70_000,
    b"X: " + b"y" * 110_000, b"Connection: close", b"Connection: upgrade", b"Connection: keep-alive, close",
    b"Keep-Alive: timeout=0",
    b"Upgrade: h2c", b"Location: /v1/submitjob", b"Content-Encoding: gzip", b"Content-Encoding: br, x",
    b"Set-Cookie: a=b; Domain=.",
    b"Alt-Svc: h2=\":1\"", b"Strict-Transport-Security: max-age=9", b"Proxy-Authenticate: Basic",
    b"WWW-Authenticate: NTLM",
    b"Trailer: Content-Length", b"Expect: 100-continue", b"HTTP/1.1 400 Bad Request", b"HTTP/1.1 100 Continue",
    b"Content-Range: bytes 5-9/20",
    b"Retry-After: 5", b"Refresh: 0", b"Proxy-Connection: close", b"Content-Type: text/html",
]
LENGTHS = [
    b"", b" ", b"-1", b"+%d", b"0x%d", b"%d %d", b"%d, %d", b"%d;", b"%d.0", b"1e3", b"9223372036854775807",
    b"9223372036854775808", b"0",
    b"99999999999999999999", b"18446744073709551615", b"\t%d", b"00000%d", b"%da", b"1", b"3", b"2147483648",
    b"4294967297", b"NaN",
]
ENCODINGS = [
    b"chunked, chunked", b"identity", b"gzip", b"gzip, chunked", b"x", b"", b"Chunked", b" chunked ", b"chunked;q=1",
    b"deflate", b"identity, chunked",
]
STATUS_LINES = [
    b"HTTP/1.1 200", b"HTTP/1.1 200 ", b"HTTP/1.1  200 OK", b"HTTP/1.1\t200 OK", b"HTTP/1.1 0200 OK",
    b"HTTP/1.1 20 OK", b"HTTP/1.1 2000 OK",
    b"HTTP/1.1 000 OK", b"HTTP/1.1 099 OK", b"HTTP/1.1 999 OK", b"HTTP/1.1 -200 OK", b"HTTP/1.1 +200 OK",
    b"HTTP/1.1 2 0 0", b"HTTP/1.1 OK",
    b"HTTP/1.1", b"HTTP/1.0 200 OK", b"HTTP/0.9 200 OK", b"HTTP/2 200", b"HTTP/2.0 200 OK", b"HTTP/3 200",
    b"HTTP/1.2 200 OK", b"HTTP/1.10 200 OK",
    b"HTTP/ 200 OK", b"http/1.1 200 OK", b"HTTPS/1.1 200 OK", b"ICY 200 OK", b"RTSP/1.0 200 OK", b"SIP/2.0 200 OK",
    b" HTTP/1.1 200 OK",
    b"\r\nHTTP/1.1 200 OK", b"\nHTTP/1.1 200 OK", b"\x00HTTP/1.1 200 OK", b"\xef\xbb\xbfHTTP/1.1 200 OK",
    b"HTTP/1.1 200 " + b"x" * 9000,
    b"HTTP/1.1 200 \xff\x00", b"HTTP/1.1 99999999999999999999 OK", b"HTTP/99999999999.1 200 OK", b"HTTP/1.1 200OK",
    b"HTTP/1.1 \xd9\xa2\xd9\xa0\xd9\xa0",
    b"HTTP/1.1 099 Odd\r\n\r\nHTTP/1.1 200 OK",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n x: y\r\n\r\nHTTP/1.1 200 OK", b"",
]


def changed(its, response, job_id):
    """Returns a response with a changed head, how its connection ends, and the kind of change."""
    head, _, body = response.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    length = b"%d" % len(body)
    line_end = b"\r\n"
    kind = its.choice([
        "first line begins with a space", "first line begins with a space", "folded line", "length", "length",
        "two lengths",
        "line ends", "odd line", "odd line", "odd line", "encoding", "status line", "status line", "bytes", "bytes",
        "many lines",
        "no empty line", "no length", "body alone"])
    # Mostly close the connection, for clients that wait for more than was sent.
    end = its.choices(["close", "keep", "reset"], [93, 3, 4])[0]
    match kind:
        case "first line begins with a space":
            lines.insert(0, its.choice(LINES))
            end = its.choice(["keep", "keep", "close"])
        case "folded line":
            lines.insert(its.randrange(1, len(lines) + 1), its.choice(LINES))
        case "length":
            lines[-1] = b"Content-Length: " + its.choice(LENGTHS).replace(b"%d", length)
        case "two lengths":
            lines.append(b"Content-Length: " + its.choice([length, b"5", b"0", b"999"]))
        case "line ends":
            line_end = its.choice([b"\n", b"\r", b"\n\r", b"\r\r\n", b" \r\n"])
        case "odd line":
            lines.insert(its.randrange(len(lines) + 1), its.choice(ODD_LINES))
        case "encoding":
            lines.insert(its.randrange(len(lines)), b"Transfer-Encoding: " + its.choice(ENCODINGS))
        case "status line":
            status = its.choice(STATUS_LINES)
        case "many lines":
            lines += [b"X-%d: %b" % (number, b"y" * 60) for number in range(its.choice([50, 300, 6000]))]
        case "no length":
            lines.pop()
            end = its.choice(["close", "close", "reset"])
    head = line_end.join([status, *lines]) + line_end * 2
    if kind == "bytes":
        head = of_bytes(its, head)
    if kind == "no empty line":
        head = head[:-2]
    if kind == "body alone":
        head = b""
    return head + body, end, f"head: {kind}"
