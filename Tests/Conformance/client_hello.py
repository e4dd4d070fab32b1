"""What a TLS client chose at random, from its first message (RFC 8446, section 4.1.2)."""

import struct
import typing

CLIENT_HELLO = 1
KEY_SHARE = 51
PRE_SHARED_KEY = 41


class ClientHello(typing.NamedTuple):
    random: bytes
    session_id: bytes
    # The public keys, by extension; the private ones are drawn at random.
    key_shares: bytes
    resumes: bool

    @classmethod
    def parse(cls, message):
        position = 6

        def take(count):
            nonlocal position
            position += count
            return message[position - count:position]

        def vector(size):
            return take(int.from_bytes(take(size), "big"))

        random, session_id = take(32), vector(1)
        # Cipher suites and compression methods.
        vector(2), vector(1)
        extensions, rest = {}, vector(2)
        while rest:
            kind, size = struct.unpack_from(">HH", rest)
            extensions[kind], rest = rest[4:4 + size], rest[4 + size:]
        return cls(random, session_id, extensions[KEY_SHARE], PRE_SHARED_KEY in extensions)


def record(context, hellos):
    """Appends each client's first message to a server's context to a list."""

    def seen(connection, direction, version, content, kind, message):
        if direction == "read" and kind == CLIENT_HELLO and message[:1] == bytes([CLIENT_HELLO]):
            hellos.append(ClientHello.parse(message))

    # As `ssl` itself uses it to debug; there is no public way to a client's random bytes.
    context._msg_callback = seen
    return context
