internal import Foundation
package import Testing

/// How much longer than on a quiet machine tests wait before they give up, for all time limits alike.
package enum TimeFactor {
  /// `APIGW_BATCH_TEST_TIME_FACTOR`, a number from 1 to 100; 1 if it isn't set.
  package static let value: Double = {
    let name = "APIGW_BATCH_TEST_TIME_FACTOR"
    guard let text = ProcessInfo.processInfo.environment[name], !text.isEmpty else { return 1 }
    guard let number = Double(text), (1...100).contains(number) else {
      fatalError("\(name) must be a number from 1 to 100, not \"\(text)\"; fix it or unset it")
    }
    return number
  }()

  /// Milliseconds of a quiet machine, as many as they may be here.
  package static func milliseconds(_ milliseconds: Int) -> Int { Int(Double(milliseconds) * value) }
}

extension TimeLimitTrait.Duration {
  /// Minutes of a quiet machine. Preferred to the library's own generic function, so that every time limit is scaled.
  package static func minutes(_ minutes: Int) -> Self {
    .minutes(UInt((Double(minutes) * TimeFactor.value).rounded(.up)))
  }
}
