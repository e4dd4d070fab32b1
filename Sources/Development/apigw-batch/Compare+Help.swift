internal import ArgumentParser

extension Compare {
  static let configuration = CommandConfiguration(
    abstract: "Compare Lambda and direct integrations: behaviour, latency and cost.",
    usage: "apigw-batch compare [<template> ...] [<options>]",
    discussion: """
      Tries four ways from a POST to a job, each with a gateway, function processes and a Batch of its own on this \
      machine: the function behind a REST API and behind an HTTP API, API Gateway's own integration with Batch as in \
      template.yaml, and the same at its barest, as in examples/direct-minimal.yaml: there it is the mapping template \
      of the article that this follows, with the queue and the definition taken from the path, as path parameters, \
      which the article names as possible and leaves open. Templates that you name are compared with them: every route \
      for POST with {jobQueue} and {jobDefinition} in its path.

      Each cell of the behaviour matrix is one request, or two where the client repeats it, and what Batch got for it. \
      Latency is measured in a closed loop (each caller waits for its answer) and with --rate in an open one as well, \
      where a time counts from when the request was due. Each variant has a warm-up of its own before each loop. Cost \
      comes from docs/prices.json, or from a file of yours.

      A local run has no network, no IAM and none of API Gateway's own time, and throttling is not enforced: a \
      template's ThrottlingRateLimit (16 requests a second on each route of template.yaml) would answer 429 in AWS to \
      what is sent faster. The report says what is simulated. 'make compare' builds the function and this command in release, and \
      runs it. APIGW_BATCH_FUNCTION names another executable of the function.

      DEPLOYED STAGES
        --lambda-url and --direct-url measure stages in AWS instead. Each ends in
        a queue and a definition of yours, as in
        https://abc123.execute-api.eu-west-1.amazonaws.com/v1/direct/jobs/q/d.
        With --sign, requests are signed with your own keys (found as by
        'apigw-batch invoke --batch aws'). Every request is a real one: 35 requests
        for the matrix, up to some thirty jobs, and one for each of --requests and
        --warm-up, for each loop. A GET of what is before the queue asks first
        which kind of API it is. A closed loop sends as fast as it is answered, and
        is throttled where that is too fast: --concurrency 1 makes it slower.

        What is billed of a deployed function can't be seen from outside. Its cost
        needs --billed-duration, --memory and --architecture; the REPORT lines in
        its log group have the first two.

      EXAMPLES (in a checkout, type make compare ARGS='...' with these options)
        Compare the four:
          apigw-batch compare

        An open loop below the rate at which template.yaml has requests throttled
        in AWS, and a Batch that takes a while:
          apigw-batch compare --rate 30 --requests 500 --batch-delay 60

        One of your own beside them, as a page to send around:
          apigw-batch compare my-template.yaml --html report.html

      EXIT STATUS
        0   The run is complete, whatever it found.
        1   It is not: something could not be measured; the report says what.
        64  The command line, a variable, a template or the price file is wrong, or
            the function is not built.
        74  A file or standard output took no report; the others have it.
        130 Interrupted; the report has what was measured until then.
      """)
}
