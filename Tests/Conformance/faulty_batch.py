"""A Batch that fails in one way at a time."""

import http.server
import json
import threading

# The ways to fail: a status, an error code and a message; or None to close the connection without a response.
WAYS = {
    "refused": (400, "ClientException", "Error executing request"),
    "throttled": (429, "TooManyRequestsException", "Too many requests"),
    "denied": (403, "AccessDeniedException", "User is not authorized to perform: batch:SubmitJob"),
    "distrusted": (403, "UnrecognizedClientException", "The security token included in the request is invalid."),
    "broken": (500, "ServerException", "Internal failure"),
    "silent": None,
}


class FaultyBatch:
    """Serves on loopback until it is closed. `way` is how it fails."""

    def __init__(self):
        self.way = "broken"
        batch = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                if (way := WAYS[batch.way]) is None:
                    self.close_connection = True
                    return
                status, code, message = way
                body = json.dumps({"message": message}).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("x-amzn-ErrorType", code)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
