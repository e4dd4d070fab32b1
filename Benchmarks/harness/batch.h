/* AWS Batch: accepts every job at once, without checking its signature. */
#pragma once

#include "connection.h"

void serve_batch(struct connection *connection);
