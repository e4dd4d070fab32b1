/// The function's version and help text.
enum Help {
  /// The version of the function.
  static let version = "0.1.0"
  /// The `User-Agent` of every call.
  static let userAgent = "apigw-batch/\(version)"
  /// The text shown when the function was not started by Lambda.
  static let text = """
    apigw-batch \(version): a Lambda function that submits AWS Batch jobs for API Gateway.

    Lambda starts it and sets AWS_LAMBDA_RUNTIME_API, which is not set here.
    To try it on this machine with a sample event, run:

      make invoke EVENT=events/rest-submit.json

    """
}
