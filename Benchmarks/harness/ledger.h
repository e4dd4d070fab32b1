/* The state and the counts of one run of a program. All times are CLOCK_MONOTONIC, in nanoseconds. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
  key_number_size = 12,
  id_size = 128,
};

struct ledger {
  pthread_mutex_t mutex;
  pthread_cond_t ended, measured;

  char *event;
  size_t event_size;
  char *key_numbers[4]; /* Where the event's Idempotency-Key has a number, which is the invocation's. */
  size_t key_number_count;
  size_t invocations;
  size_t warm_up; /* The number of first invocations that are excluded from latency and CPU time. */
  pid_t program;
  struct server *batch;
  bool batch_is_late; /* Whether Batch is started with the first event. */

  int runtime_connections, batch_connections, table_connections;
  size_t served, responded, batch_requests;
  int64_t spawned, first_next, first_response, event_sent;
  int64_t warm_cpu; /* The program's CPU time when the warm-up was over. */
  int64_t *latencies;
  int64_t *batch_times; /* How long the Batch stub itself took. */
  size_t claims, completions; /* Of keys, in the table. */
  char last_id[id_size];
  char last_batch_body[1 << 16], last_response[1 << 16];
  const char *failure;
  bool has_ended, is_measured;
};

extern struct ledger ledger;

int64_t now(void);
/* The CPU time that a process has used, in nanoseconds. */
int64_t cpu_time(pid_t process);
/* Records that the run is complete, or why it has failed. The mutex must be held. */
void end(const char *failure);
