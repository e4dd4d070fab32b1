/// What the function says of itself.
enum Help {
  /// The version of the function.
  static let version = "0.1.0"
  /// The `User-Agent` of every call.
  static let userAgent = "apigw-batch/\(version)"
  /// Shown when nothing that looks like Lambda has started it.
  static let text = """
    apigw-batch \(version): a Lambda function that submits AWS Batch jobs for API Gateway.

    It is started by Lambda, which sets AWS_LAMBDA_RUNTIME_API; that is not set here.
    To run it on this machine with a sample event, type:

      make invoke EVENT=events/rest-submit.json

    """
}
