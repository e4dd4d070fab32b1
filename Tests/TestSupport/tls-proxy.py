"""Terminates TLS in front of a plain server: tls-proxy.py CERTIFICATE KEY PORT [CUT].

Accepts on the listening socket inherited as descriptor 3, and forwards the bytes to PORT on 127.0.0.1. It writes to
descriptor 4 when it is about to accept.
The first CUT connections are closed before their handshake.
"""

import os
import socket
import ssl
import sys
import threading


def copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(connection, context, port):
    try:
        secure = context.wrap_socket(connection, server_side=True)
        plain = socket.create_connection(("127.0.0.1", port))
    except OSError as error:
        print(error, file=sys.stderr, flush=True)
        connection.close()
        return
    threading.Thread(target=copy, args=(plain, secure), daemon=True).start()
    copy(secure, plain)


def main():
    certificate, key, port, *cut = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.socket(fileno=3)
    # Write a word instead of only closing: a process of another test may have inherited the pipe and hold it open.
    os.write(4, b"ready")
    os.close(4)
    for _ in range(int(cut[0]) if cut else 0):
        listener.accept()[0].close()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, context, int(port)), daemon=True).start()


main()
