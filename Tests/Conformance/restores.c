/* Preloaded into the function, restores many copies of it from one snapshot: where it asks Lambda for the restore, each of
   its forks asks on a connection of its own, and goes on.

   A fork has all that a restored snapshot has: the memory, and OpenSSL's random generator in it. OpenSSL would notice a
   fork by the process id, which is therefore the same in every copy, as it is in restored ones. RESTORES is their number,
   RESTORES_AT_ONCE how many run side by side. RESEED=nothing has OpenSSL's reseed do nothing, RESEED=failure fail. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t getpid(void) { return 8; }

int EVP_RAND_reseed(void *generator, int resistance, const unsigned char *entropy, size_t entropy_size,
                    const unsigned char *input, size_t input_size) {
  typedef int reseed(void *, int, const unsigned char *, size_t, const unsigned char *, size_t);
  const char *instead = getenv("RESEED");
  if (instead) return strcmp(instead, "nothing") == 0;
  return ((reseed *)dlsym(RTLD_NEXT, "EVP_RAND_reseed"))(generator, resistance, entropy, entropy_size, input, input_size);
}

/* Replaces a connection by a new one to the same address. */
static void reconnect(int connection) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  int flags = fcntl(connection, F_GETFL);
  int new = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (getpeername(connection, (struct sockaddr *)&address, &size) != 0 || new < 0 ||
      connect(new, (struct sockaddr *)&address, size) != 0 || dup2(new, connection) < 0 ||
      fcntl(connection, F_SETFL, flags) != 0)
    _exit(70);
  close(new);
}

/* Ends with the parent's last child; the copies return. */
static void restore(int connection) {
  int left = atoi(getenv("RESTORES")), room = atoi(getenv("RESTORES_AT_ONCE")), running = 0;
  while (left > 0 || running > 0) {
    if (left > 0 && running < room) {
      pid_t child = fork();
      if (child == 0) return reconnect(connection);
      if (child < 0) _exit(71);
      left--;
      running++;
    } else {
      wait(NULL);
      running--;
    }
  }
  _exit(0);
}

ssize_t send(int connection, const void *bytes, size_t count, int flags) {
  static const char call[] = "GET /2018-06-01/runtime/restore/next ";
  typedef ssize_t function(int, const void *, size_t, int);
  if (count >= sizeof call && memcmp(bytes, call, sizeof call - 1) == 0) restore(connection);
  return ((function *)dlsym(RTLD_NEXT, "send"))(connection, bytes, count, flags);
}
