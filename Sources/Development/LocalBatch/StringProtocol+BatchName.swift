internal import Platform

extension StringProtocol {
  /// Whether this can name a job queue or a job definition: 1 to 128 letters, digits, hyphens and underscores.
  var isResourceName: Bool {
    (1...128).contains(utf8.count)
      && utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }

  /// Whether this can name a job: a resource's name that starts with a letter or a digit.
  var isJobName: Bool {
    isResourceName && utf8.first?.isAlphanumeric == true
  }
}
