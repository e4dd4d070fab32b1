/* One side of a kept HTTP/1.1 connection, plain or over TLS: reads requests, writes responses. */
#pragma once

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

enum { maximum_request_size = 1 << 17 };

struct connection {
  int socket;
  SSL *tls; /* NULL for plain HTTP. */
  size_t filled;
  size_t consumed;
  char buffer[maximum_request_size + 1];
};

struct request {
  bool is_get;
  const char *path;
  const char *body;
  size_t body_size;
};

typedef void (*serve_function)(struct connection *connection);

/* A server on 127.0.0.1, with a port already, which refuses connections until it's started. With `tls` it speaks TLS; it
 * calls `serve` for every connection, each in a thread of its own, and counts them. */
struct server *bind_server(SSL_CTX *tls, serve_function serve, int *connections, int *port);

/* Has a server accept connections. */
void start_server(struct server *server);

/* Waits for a whole request; false at the end of the connection. What it points to is good until the next call. */
bool read_request(struct connection *connection, struct request *request);

/* Writes a status line with headers (each ended by CR LF) and a body, in one write. */
void write_response(struct connection *connection, const char *head, const char *body, size_t body_size);

/* Ends the process with a message that says what went wrong. */
_Noreturn void fail(const char *format, ...);
