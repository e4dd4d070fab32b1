import DevelopmentTestSupport
import SAMTemplate
import Testing

@testable import LocalAPIGateway

/// The error, as one line, of reading a template or of compiling its APIs.
func compilationFailure(_ source: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  failure(source, sourceLocation: sourceLocation) { for api in $0.apis { _ = try API(api) } }
}
