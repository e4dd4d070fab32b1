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
  const char *head; /* What follows the path, and the body. */
  const char *body;
  size_t body_size;
};

typedef void (*serve_function)(struct connection *connection);

/* Binds a server to a port on 127.0.0.1; it refuses connections until it's started. With `tls`, it speaks TLS. It calls
 * `serve` for every connection in a separate thread, and counts the connections. */
struct server *bind_server(SSL_CTX *tls, serve_function serve, int *connections, int *port);

/* Makes a server accept connections. */
void start_server(struct server *server);

/* Waits for a complete request; false at the end of the connection. Its pointers are valid until the next call. */
bool read_request(struct connection *connection, struct request *request);

/* Writes a status line with headers (each terminated by CR LF) and a body, in one write. */
void write_response(struct connection *connection, const char *head, const char *body, size_t body_size);

/* Exits the process with a message that says what went wrong. */
_Noreturn void fail(const char *format, ...);
