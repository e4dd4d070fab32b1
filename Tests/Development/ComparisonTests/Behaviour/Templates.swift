/// SAM templates and functions that are wrong on purpose.
enum Templates {
  /// Copies values into SubmitJob's body without escaping them.
  static let unescaped = bare(
    """
    {
      "jobName": "unescaped",
      "jobQueue": "$input.params('jobQueue')",
      "jobDefinition": "$input.params('jobDefinition')",
      "parameters": {"input": "$!input.path('$.parameters.input')"}
    }
    """, responses: "{'200': {statusCode: '200'}, default: {statusCode: '502'}}")

  /// Always runs the same command, and copies the names in the path without escaping them.
  static let fixedCommand = bare(
    """
    {
      "jobName": "fixed",
      "containerOverrides": {"command": ["fixed"]},
      "jobQueue": "$util.urlDecode($input.params('jobQueue'))",
      "jobDefinition": "$util.urlDecode($input.params('jobDefinition'))"
    }
    """, responses: "{'200': {statusCode: '200'}, default: {statusCode: '502'}}")

  /// The article's: always the same job, whatever the path, and the same status, whatever Batch responds.
  static let article = bare(
    #"{"jobName": "from-api-gateway", "jobQueue": "sample-queue", "jobDefinition": "sample-job"}"#,
    responses: "{default: {statusCode: '200'}}")

  /// A SAM template whose integration has only a mapping template for JSON, and responses.
  private static func bare(_ template: String, responses: String) -> String {
    """
    Resources:
      Api:
        Type: AWS::Serverless::Api
        Properties:
          StageName: v1
          DefinitionBody:
            openapi: 3.0.1
            paths:
              /jobs/{jobQueue}/{jobDefinition}:
                post:
                  responses: {'200': {description: ''}, '502': {description: ''}}
                  x-amazon-apigateway-integration:
                    type: aws
                    httpMethod: POST
                    uri: arn:aws:apigateway:us-east-1:batch:path/v1/submitjob
                    credentials: arn:aws:iam::123456789012:role/submitter
                    requestTemplates:
                      application/json: |
                        \(template.split(separator: "\n").joined(separator: " "))
                    responses: \(responses)
    """
  }

  /// A function behind an HTTP API.
  static let function = """
    Resources:
      Function:
        Type: AWS::Serverless::Function
        Properties:
          CodeUri: .
          Handler: bootstrap
          Runtime: provided.al2023
          Timeout: 10
          Events:
            Submit:
              Type: HttpApi
              Properties: {Method: POST, Path: '/jobs/{jobQueue}/{jobDefinition}'}
    """

  /// A function behind an HTTP API, with routes for jobs.
  static let jobFunction =
    function + """

              Read:
                Type: HttpApi
                Properties: {Method: GET, Path: '/queues/{jobQueue}/jobs/{jobId}'}
              List:
                Type: HttpApi
                Properties: {Method: GET, Path: '/queues/{jobQueue}/jobs'}
              Cancel:
                Type: HttpApi
                Properties: {Method: DELETE, Path: '/queues/{jobQueue}/jobs/{jobId}'}
      """

  /// Resends a request when there was no response, as SDKs do by default.
  static let resendingFunction =
    client + """
      def respond(event, path):
          for attempt in range(2):
              try:
                  return send("submitjob", {
                      "jobName": "resent", "jobQueue": path["jobQueue"], "jobDefinition": path["jobDefinition"]})
              except (OSError, http.client.HTTPException):
                  pass
          return {"statusCode": 504, "body": "{}"}

      """ + loop

  /// Passes on what Batch says of any job, and lists the jobs in one state.
  static let indiscreetFunction =
    client + """
      def respond(event, path):
          method, id = event["requestContext"]["http"]["method"], path.get("jobId")
          if method == "POST":
              return send("submitjob", {
                  "jobName": json.loads(event["body"])["jobName"], "jobQueue": path["jobQueue"],
                  "jobDefinition": path["jobDefinition"]})
          if method == "DELETE":
              return send("terminatejob", {"jobId": id, "reason": "asked"})
          if id:
              return send("describejobs", {"jobs": [id]})
          return send("listjobs", {"jobQueue": path["jobQueue"], "jobStatus": "SUBMITTED"})

      """ + loop

  /// `send`, which sends a signed request to Batch, and returns its response.
  private static let client = """
    #!/usr/bin/env python3
    import datetime, hashlib, hmac, http.client, json, os, urllib.parse, urllib.request

    runtime = "http://%s/2018-06-01/runtime/invocation/" % os.environ["AWS_LAMBDA_RUNTIME_API"]
    batch = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL_BATCH"]).netloc

    def sign(key, text):
        return hmac.new(key, text.encode(), hashlib.sha256).digest()

    def send(operation, body):
        path, body = "/v1/" + operation, json.dumps(body).encode()
        time = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        canonical = "POST\\n%s\\n\\nhost:%s\\nx-amz-date:%s\\n\\nhost;x-amz-date\\n%s" % (
            path, batch, time, hashlib.sha256(body).hexdigest())
        scope = "/".join([time[:8], os.environ["AWS_REGION"], "batch", "aws4_request"])
        key = ("AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"]).encode()
        for part in scope.split("/"):
            key = sign(key, part)
        signature = sign(key, "AWS4-HMAC-SHA256\\n%s\\n%s\\n%s" % (
            time, scope, hashlib.sha256(canonical.encode()).hexdigest())).hex()
        connection = http.client.HTTPConnection(batch)
        connection.request("POST", path, body, {
            "X-Amz-Date": time, "Content-Type": "application/json",
            "Authorization": "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=host;x-amz-date, Signature=%s" % (
                os.environ["AWS_ACCESS_KEY_ID"], scope, signature)})
        response = connection.getresponse()
        return {"statusCode": response.status, "body": response.read().decode()}


    """

  /// Calls `respond` for each event.
  private static let loop = """
    while True:
        with urllib.request.urlopen(runtime + "next") as next:
            event, id = json.load(next), next.headers["Lambda-Runtime-Aws-Request-Id"]
        response = respond(event, event["pathParameters"])
        urllib.request.urlopen(runtime + id + "/response", json.dumps(response).encode()).close()
    """
}
