/// The version of this package: the function's, the command's and the release tag's.
package enum Version {
  /// A semantic version, without the tag's `v`. The release script reads this line.
  package static let current = "0.1.0"
  /// The `User-Agent` of the function's requests.
  package static let userAgent = "apigw-batch/\(current)"
}
