/* A Lambda function that does nothing: it responds to every event with an empty 200, over one connection and without a
 * library, so that the time of an invocation is that of the gateway and the Runtime API. */
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[1 << 16];
static int connection;

static void fail(const char *reason) {
  fprintf(stderr, "nothing: %s\n", reason);
  exit(1);
}

static void connect_to(const char *endpoint) {
  char host[256];
  const char *colon = strrchr(endpoint, ':');
  if (!colon || colon - endpoint >= (long)sizeof host) fail("AWS_LAMBDA_RUNTIME_API must be a host and a port");
  memcpy(host, endpoint, (size_t)(colon - endpoint));
  host[colon - endpoint] = 0;
  struct addrinfo *address, hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
  if (getaddrinfo(host, colon + 1, &hints, &address) != 0) fail("no such host");
  connection = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
  if (connect(connection, address->ai_addr, address->ai_addrlen) != 0) fail("can't connect");
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
}

static void send_all(const char *bytes, size_t size) {
  for (ssize_t sent; size > 0; bytes += sent, size -= (size_t)sent)
    if ((sent = write(connection, bytes, size)) <= 0) fail("the connection is lost");
}

/* Reads one response, head and body, into the buffer. */
static void receive(void) {
  size_t size = 0;
  char *end = NULL;
  for (;;) {
    ssize_t got = read(connection, buffer + size, sizeof buffer - 1 - size);
    if (got <= 0) fail("the connection is lost");
    buffer[size += (size_t)got] = 0;
    if (!end && (end = strstr(buffer, "\r\n\r\n"))) end += 4;
    if (!end) continue;
    const char *length = strcasestr(buffer, "\r\ncontent-length:");
    if (!length) fail("a response has no length");
    if (size >= (size_t)(end - buffer) + strtoul(length + 17, NULL, 10)) return;
  }
}

int main(void) {
  static const char response[] = "{\"statusCode\":200}";
  const char *endpoint = getenv("AWS_LAMBDA_RUNTIME_API");
  char request[1024], id[128];
  if (!endpoint) fail("AWS_LAMBDA_RUNTIME_API is not set");
  connect_to(endpoint);
  for (;;) {
    int size = snprintf(request, sizeof request, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n",
                        endpoint);
    send_all(request, (size_t)size);
    receive();
    const char *header = strcasestr(buffer, "lambda-runtime-aws-request-id:");
    if (!header || sscanf(header + 30, " %127[^\r]", id) != 1) fail("an event has no id");
    size = snprintf(request, sizeof request,
                    "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: %s\r\nContent-Length: %zu\r\n\r\n%s",
                    id, endpoint, sizeof response - 1, response);
    send_all(request, (size_t)size);
    receive();
  }
}
