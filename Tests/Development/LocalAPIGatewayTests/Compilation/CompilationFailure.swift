import DevelopmentTestSupport
import SAMTemplate
import Testing

@testable import LocalAPIGateway

/// The description of the error thrown by reading a template or by compiling its APIs.
func compilationFailure(_ source: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  failure(source, sourceLocation: sourceLocation) { for api in $0.apis { _ = try API(api) } }
}
