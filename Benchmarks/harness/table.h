/* A table of DynamoDB: accepts every claim and every completion of a key at once, without checking its signature. */
#pragma once

#include "connection.h"

void serve_table(struct connection *connection);
