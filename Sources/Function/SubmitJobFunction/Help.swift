import Platform

/// How the function introduces itself.
enum Help {
  /// The text shown when the function was not started by Lambda.
  static let text = """
    apigw-batch \(Version.current): a Lambda function that submits AWS Batch jobs for API Gateway.

    Lambda starts it and sets AWS_LAMBDA_RUNTIME_API, which is not set here.
    To try it on this machine with a sample event, run:

      make invoke EVENT=events/rest-submit.json

    """
}
