"""Runs the AWS CLI for many callers: aws_server.py SOCKET. A start of the CLI alone takes most of the time that a call takes.

Python and the CLI are loaded once. Each call gets a process of its own, forked from this one, with the caller's arguments,
environment, folder and standard streams, which `CLIENT` sends: what runs is the CLI as it is, and nothing is kept from one
call to the next.
"""

import json
import os
import socket
import sys
import traceback

# Stands for the CLI on a PATH. It starts fast, because it imports little.
CLIENT = """\
#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({socket!r})
    call = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode()
    socket.send_fds(server, [len(call).to_bytes(8, "big")], [0, 1, 2])
    server.sendall(call)
    status = server.recv(1)
os._exit(status[0] if status else 255)
"""


def run(arguments):
    """Runs the CLI, and returns its exit status."""
    import awscli.clidriver
    sys.argv = ["aws", *arguments]
    try:
        return awscli.clidriver.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1


def answer(caller):
    """Becomes the caller's process, as far as the CLI can tell."""
    size, streams, _, _ = socket.recv_fds(caller, 8, 3)
    call = b""
    while len(call) < int.from_bytes(size, "big"):
        call += caller.recv(1 << 20)
    arguments, environment, folder = json.loads(call)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    # Set by the CLI itself, when it is loaded.
    models = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update(environment, AWS_DATA_PATH=models)
    os.chdir(folder)
    status = run(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    caller.sendall(bytes([status & 0xff]))


def main(path):
    import awscli.clidriver
    import awscli.handlers  # noqa: F401, what a first call would import
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(64)
        print("listening", flush=True)
        calls = 0
        while True:
            caller, _ = server.accept()
            if os.fork() == 0:
                try:
                    server.close()
                    answer(caller)
                finally:
                    os._exit(0)
            caller.close()
            calls += 1
            while calls and os.waitpid(-1, os.WNOHANG)[0]:
                calls -= 1


if __name__ == "__main__":
    main(sys.argv[1])
