#include "connection.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct server {
  int listener;
  SSL_CTX *tls;
  serve_function serve;
  int *connections;
};

struct client {
  struct server *server;
  struct connection connection;
};

static void *serve_client(void *context) {
  struct client *client = context;
  struct connection *connection = &client->connection;
  if (client->server->tls) {
    connection->tls = SSL_new(client->server->tls);
    SSL_set_fd(connection->tls, connection->socket);
  }
  if (!connection->tls || SSL_accept(connection->tls) == 1) client->server->serve(connection);
  SSL_free(connection->tls);
  close(connection->socket);
  free(client);
  return NULL;
}

static void *accept_clients(void *context) {
  struct server *server = context;
  for (;;) {
    int socket = accept(server->listener, NULL, NULL);
    if (socket < 0) fail("accept failed");
    __atomic_add_fetch(server->connections, 1, __ATOMIC_RELAXED);
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    struct client *client = calloc(1, sizeof *client);
    if (!client) fail("out of memory");
    client->server = server;
    client->connection.socket = socket;
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve_client, client) != 0) fail("can't create a thread");
    pthread_detach(thread);
  }
}

struct server *bind_server(SSL_CTX *tls, serve_function serve, int *connections, int *port) {
  struct server *server = malloc(sizeof *server);
  if (!server) fail("out of memory");
  /* Not inherited by the measured program. */
  *server = (struct server){socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), tls, serve, connections};
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(server->listener, (struct sockaddr *)&address, size) ||
      getsockname(server->listener, (struct sockaddr *)&address, &size))
    fail("can't bind to 127.0.0.1");
  *port = ntohs(address.sin_port);
  return server;
}

void start_server(struct server *server) {
  if (listen(server->listener, 16)) fail("can't listen on 127.0.0.1");
  pthread_t thread;
  if (pthread_create(&thread, NULL, accept_clients, server) != 0) fail("can't create a thread");
  pthread_detach(thread);
}

static ssize_t receive(struct connection *connection) {
  char *start = connection->buffer + connection->filled;
  size_t room = maximum_request_size - connection->filled;
  if (room == 0) fail("a request is larger than %d bytes", maximum_request_size);
  return connection->tls ? SSL_read(connection->tls, start, (int)room) : read(connection->socket, start, room);
}

bool read_request(struct connection *connection, struct request *request) {
  size_t rest = connection->filled - connection->consumed;
  memmove(connection->buffer, connection->buffer + connection->consumed, rest);
  connection->filled = rest;
  connection->consumed = 0;
  char *head_end = NULL;
  size_t body_size = 0;
  for (;;) {
    connection->buffer[connection->filled] = 0;
    if (!head_end && (head_end = strstr(connection->buffer, "\r\n\r\n"))) {
      head_end += 4;
      char *length = strcasestr(connection->buffer, "\r\ncontent-length:");
      if (length && length < head_end) body_size = strtoul(length + 17, NULL, 10);
    }
    if (head_end && connection->filled >= (size_t)(head_end - connection->buffer) + body_size) break;
    ssize_t count = receive(connection);
    if (count <= 0) return false;
    connection->filled += (size_t)count;
  }
  connection->consumed = (size_t)(head_end - connection->buffer) + body_size;
  char *path = strchr(connection->buffer, ' ');
  char *path_end = path ? strchr(path + 1, ' ') : NULL;
  if (!path_end || path_end > head_end) fail("a request has no request line");
  *path_end = 0;
  *request = (struct request){strncmp(connection->buffer, "GET ", 4) == 0, path + 1, path_end + 1, head_end, body_size};
  return true;
}

void write_response(struct connection *connection, const char *head, const char *body, size_t body_size) {
  char buffer[maximum_request_size];
  int head_size = snprintf(buffer, sizeof buffer, "%sContent-Length: %zu\r\n\r\n", head, body_size);
  if ((size_t)head_size + body_size > sizeof buffer) fail("a response is larger than %d bytes", maximum_request_size);
  memcpy(buffer + head_size, body, body_size);
  size_t size = (size_t)head_size + body_size;
  /* Errors are ignored: if the program has exited, that is detected elsewhere. */
  if (connection->tls) {
    SSL_write(connection->tls, buffer, (int)size);
  } else {
    send(connection->socket, buffer, size, MSG_NOSIGNAL);
  }
}

void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("harness: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}
