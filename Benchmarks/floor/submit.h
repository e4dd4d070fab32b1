/* What the floor does with an event, however it got it: submits the event's job, and writes the response. */
#pragma once

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

struct buffer {
  char *bytes;
  size_t size, capacity;
};

struct submitter {
  CURL *batch;
  struct buffer request, response; /* SubmitJob's. */
  struct buffer payload;           /* The response to the event. */
};

/* Makes an easy handle that writes the body of a response to a buffer. */
CURL *easy_handle(struct buffer *response);

/* Performs a request; false, after a line on standard error, if the response doesn't have the wanted status. */
bool perform(CURL *handle, long wanted);

/* Prepares a submitter, which has to be zero and to stay where it is. */
void open_submitter(struct submitter *submitter);

/* Submits the event's job and writes the payload; false if the event is of an unsupported kind or Batch has refused the
 * job. The deadline is in milliseconds since the Unix epoch. */
bool submit(struct submitter *submitter, const char *event, long long deadline);
