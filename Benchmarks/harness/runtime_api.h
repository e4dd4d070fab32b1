/* The Lambda Runtime API, as far as a working function needs it. */
#pragma once

#include "connection.h"

void serve_runtime_api(struct connection *connection);
