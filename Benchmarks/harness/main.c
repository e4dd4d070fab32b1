/* Starts a program as Lambda starts a function, serves it a number of invocations, ends it, and prints the measurements
 * as one JSON object.
 *
 *   harness [-n invocations] [-w warm-up] [-c certificate -k key] [-t seconds] [-l log] [-d] event -- program argument…
 *
 * The program finds the Runtime API in AWS_LAMBDA_RUNTIME_API, Batch in AWS_ENDPOINT_URL_BATCH and a table in
 * AWS_ENDPOINT_URL_DYNAMODB. With a certificate, Batch and the table speak TLS. With -d, Batch refuses connections until
 * the first event is requested, so that none is opened during init. Every ############ in the event is replaced by the
 * invocation's number, so that each has a key of its own. The program's output goes to the log. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "batch.h"
#include "ledger.h"
#include "runtime_api.h"
#include "table.h"

struct ledger ledger = {
    .mutex = PTHREAD_MUTEX_INITIALIZER,
    .ended = PTHREAD_COND_INITIALIZER,
    .measured = PTHREAD_COND_INITIALIZER,
    .invocations = 1,
};

extern char **environ;

static int64_t read_clock(clockid_t clock) {
  struct timespec time = {0};
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t now(void) { return read_clock(CLOCK_MONOTONIC); }

int64_t cpu_time(pid_t process) {
  clockid_t clock;
  return clock_getcpuclockid(process, &clock) == 0 ? read_clock(clock) : 0;
}

void end(const char *failure) {
  if (!ledger.has_ended) ledger.failure = failure;
  ledger.has_ended = true;
  pthread_cond_signal(&ledger.ended);
}

static SSL_CTX *server_tls(const char *certificate, const char *key) {
  SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
  if (!tls || SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 ||
      SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1)
    fail("can't use the certificate %s with the key %s", certificate, key);
  return tls;
}

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "r");
  char *bytes = calloc(1, maximum_request_size + 1);
  if (!file || !bytes) fail("can't read %s", path);
  *size = fread(bytes, 1, maximum_request_size, file);
  fclose(file);
  return bytes;
}

static void find_key_numbers(void) {
  size_t room = sizeof ledger.key_numbers / sizeof *ledger.key_numbers;
  for (char *place = ledger.event; (place = strstr(place, "############")); place += key_number_size) {
    if (ledger.key_number_count == room) fail("the event has more than %zu numbers", room);
    ledger.key_numbers[ledger.key_number_count++] = place;
  }
}

static void spawn_program(char **command, const char *log) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0644);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  ledger.spawned = now();
  if (posix_spawnp(&ledger.program, command[0], &actions, NULL, command, environ) != 0)
    fail("can't start %s", command[0]);
  posix_spawn_file_actions_destroy(&actions);
}

/* Waits until everything is served, the program has exited, or the time limit is reached. */
static void wait_for_end(int seconds) {
  int64_t limit = now() + (int64_t)seconds * 1000000000;
  pthread_mutex_lock(&ledger.mutex);
  while (!ledger.has_ended) {
    struct timespec soon;
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_sec += 1;
    pthread_cond_timedwait(&ledger.ended, &ledger.mutex, &soon);
    siginfo_t exited = {0};
    waitid(P_PID, (id_t)ledger.program, &exited, WEXITED | WNOHANG | WNOWAIT);
    if (exited.si_pid) end("the program has exited by itself; see its log");
    if (now() > limit) end("the time limit was reached");
  }
  pthread_mutex_unlock(&ledger.mutex);
}

/* Lets the program exit, and kills it if it doesn't. callgrind takes a while to write its file. */
static void end_program(void) {
  pthread_mutex_lock(&ledger.mutex);
  ledger.is_measured = true;
  pthread_cond_broadcast(&ledger.measured);
  pthread_mutex_unlock(&ledger.mutex);
  for (int tries = 0; tries < 3000; tries++) {
    if (waitpid(ledger.program, NULL, WNOHANG) == ledger.program) return;
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
  }
  kill(ledger.program, SIGKILL);
  waitpid(ledger.program, NULL, 0);
}

/* The program's peak resident set, in KiB. Not from wait4, which includes the parent's. */
static long peak_memory(void) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/status", ledger.program);
  FILE *file = fopen(path, "r");
  long size = -1;
  while (file && fgets(line, sizeof line, file)) sscanf(line, "VmHWM: %ld", &size);
  if (file) fclose(file);
  return size;
}

static int compare(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

/* A percentile of the times after the warm-up, in microseconds. */
static double percentile(int64_t *times, double part) {
  size_t count = ledger.invocations - ledger.warm_up;
  return (double)times[ledger.warm_up + (size_t)(part * (double)(count - 1) + 0.5)] / 1000;
}

static void report(long peak, int64_t cpu) {
  size_t count = ledger.invocations - ledger.warm_up;
  qsort(ledger.latencies + ledger.warm_up, count, sizeof(int64_t), compare);
  qsort(ledger.batch_times + ledger.warm_up, count, sizeof(int64_t), compare);
  printf("{\"spawn_to_next_us\":%.1f,\"spawn_to_response_us\":%.1f,",
         (double)(ledger.first_next - ledger.spawned) / 1000, (double)(ledger.first_response - ledger.spawned) / 1000);
  printf("\"latency_p50_us\":%.1f,\"latency_p90_us\":%.1f,\"latency_p99_us\":%.1f,\"batch_stub_us\":%.1f,",
         percentile(ledger.latencies, 0.5), percentile(ledger.latencies, 0.9), percentile(ledger.latencies, 0.99),
         percentile(ledger.batch_times, 0.5));
  printf("\"cpu_us\":%.2f,\"peak_memory_kib\":%ld,", (double)(cpu - ledger.warm_cpu) / 1000 / (double)count, peak);
  printf("\"runtime_connections\":%d,\"batch_connections\":%d,\"batch_requests\":%zu,", ledger.runtime_connections,
         ledger.batch_connections, ledger.batch_requests);
  printf("\"table_connections\":%d,\"claims\":%zu,\"completions\":%zu,", ledger.table_connections, ledger.claims,
         ledger.completions);
  printf("\"job\":%s,\"response\":%s}\n", ledger.last_batch_body, ledger.last_response);
}

int main(int count, char **arguments) {
  const char *certificate = NULL, *key = NULL, *log = "/dev/null";
  int seconds = 600;
  for (int option; (option = getopt(count, arguments, "+n:w:c:k:t:l:d")) != -1;) {
    switch (option) {
      case 'n': ledger.invocations = strtoul(optarg, NULL, 10); break;
      case 'w': ledger.warm_up = strtoul(optarg, NULL, 10); break;
      case 'c': certificate = optarg; break;
      case 'k': key = optarg; break;
      case 't': seconds = atoi(optarg); break;
      case 'l': log = optarg; break;
      case 'd': ledger.batch_is_late = true; break;
      default: return 64;
    }
  }
  char **rest = arguments + optind;
  if (count - optind >= 3 && strcmp(rest[1], "--") == 0) rest[1] = NULL;
  if (count - optind < 3 || rest[1] || ledger.warm_up >= ledger.invocations)
    fail("usage: harness [options] event -- program argument…; there must be fewer warm-ups than invocations");
  ledger.event = read_file(rest[0], &ledger.event_size);
  find_key_numbers();
  ledger.latencies = calloc(ledger.invocations, sizeof(int64_t));
  ledger.batch_times = calloc(ledger.invocations, sizeof(int64_t));
  if (!ledger.latencies || !ledger.batch_times) fail("out of memory");

  char endpoint[64];
  int port;
  start_server(bind_server(NULL, serve_runtime_api, &ledger.runtime_connections, &port));
  snprintf(endpoint, sizeof endpoint, "127.0.0.1:%d", port);
  setenv("AWS_LAMBDA_RUNTIME_API", endpoint, 1);
  SSL_CTX *tls = certificate ? server_tls(certificate, key) : NULL;
  ledger.batch = bind_server(tls, serve_batch, &ledger.batch_connections, &port);
  if (!ledger.batch_is_late) start_server(ledger.batch);
  snprintf(endpoint, sizeof endpoint, "%s://127.0.0.1:%d", tls ? "https" : "http", port);
  setenv("AWS_ENDPOINT_URL_BATCH", endpoint, 1);
  start_server(bind_server(tls, serve_table, &ledger.table_connections, &port));
  snprintf(endpoint, sizeof endpoint, "%s://127.0.0.1:%d", tls ? "https" : "http", port);
  setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint, 1);

  signal(SIGPIPE, SIG_IGN);
  spawn_program(rest + 2, log);
  wait_for_end(seconds);
  long peak = peak_memory();
  int64_t cpu = cpu_time(ledger.program);
  end_program();
  pthread_mutex_lock(&ledger.mutex);
  if (ledger.failure) fail("%s (%s, after %zu responses)", ledger.failure, rest[2], ledger.responded);
  report(peak, cpu);
  return 0;
}
