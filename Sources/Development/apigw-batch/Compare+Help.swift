internal import ArgumentParser

extension Compare {
  static let configuration = CommandConfiguration(
    abstract: "Compare Lambda and direct integrations: behaviour, latency and cost.",
    usage: "apigw-batch compare [<template> ...] [<options>]",
    discussion: """
      Compares four ways from a POST to a job, each with its own gateway, function processes and Batch on this machine: \
      the function behind a REST API; the function behind an HTTP API; API Gateway's direct integration with Batch, as \
      in template.yaml; and a minimal direct integration, as in examples/direct-minimal.yaml. The last one uses the \
      mapping template of the article that this project follows, with the queue and the definition as path parameters, \
      which the article mentions but doesn't show. SAM templates that you name are compared as well: every POST route \
      with {jobQueue} and {jobDefinition} in its path.

      Each cell of the behaviour matrix is what a client got for one request, or for several if it repeats it, and what \
      Batch received. Latency \
      is measured in a closed loop (each worker waits for its response) and, with --rate, also in an open loop, in \
      which a time counts from when the request was due. Each variant is warmed up before each loop; then the variants \
      take turns. Times that differ by less than the run's own noise are called equal, and the load of the machine is \
      recorded. Cost is computed from docs/prices.json, or from a file of your own.

      A local run involves no network, no IAM and no overhead of API Gateway itself, and throttling is not enforced: in \
      AWS, requests above a template's ThrottlingRateLimit (16 a second on each route of template.yaml) would get a \
      429. The report says what is simulated. 'make compare' builds the function and this command in release mode, and \
      runs it. APIGW_BATCH_FUNCTION names another executable to use as the function.

      DEPLOYED STAGES
        --lambda-url and --direct-url measure stages in AWS instead. Each URL ends
        in a queue and a definition of yours, as in
        https://abc123.execute-api.eu-west-1.amazonaws.com/v1/direct/jobs/q/d.
        With --sign, requests are signed with your own keys (found as by
        'apigw-batch invoke --batch aws'). Every request is real: 44 requests for
        the matrix, which submit up to about 37 jobs, and one job for each of
        --requests and --warm-up in each loop. First, a GET of the path before the
        queue determines the kind of API. A closed loop sends as fast as responses
        come, and is throttled if that is too fast: --concurrency 1 makes it
        slower. The cases about jobs that exist are left out: they need two
        callers, and a Batch that can be looked into.

        What is billed for a deployed function can't be observed from outside. Its
        cost needs --billed-duration, --memory and --architecture; the REPORT lines
        in its log group contain the first two.

      EXAMPLES (in a clone, run make compare ARGS='...' with these options)
        Compare the four variants:
          apigw-batch compare

        Add an open loop at 30 requests a second, and a Batch that takes 60 ms:
          apigw-batch compare --rate 30 --requests 500 --batch-delay 60

        Add a template of your own, and write a page to share:
          apigw-batch compare my-template.yaml --html report.html

      EXIT STATUS
        0   The run is complete, whatever the result.
        1   The run is incomplete; the report says what could not be measured.
        64  The command line, a variable, a template or the price file is wrong, or
            the function is not built.
        74  The report could not be written to a file or to standard output; it was
            written everywhere else.
        130 Interrupted; the report contains what was measured until then.
      """)
}
