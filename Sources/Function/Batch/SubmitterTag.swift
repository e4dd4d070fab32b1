internal import Platform
package import RawJSON

/// The tag that names a job's submitter, which only the function sets.
package struct SubmitterTag: Sendable {
  /// The tag's key.
  package let key: String
  /// The tag's value; nil if nothing has determined who the submitter is.
  package let value: String?

  /// A tag.
  package init(key: String, value: String?) {
    self.key = key
    self.value = value
  }

  /// Whether a job has this tag with this value, as DescribeJobs returns it.
  package func marks(_ job: JSONObject) -> Bool {
    guard let value, let tags = try? job["tags"]?.object(), let text = try? tags[key]?.utf8() else { return false }
    return text.elementsEqual(value.utf8)
  }

  /// Whether a caller's tag has this key. In any case, because IAM's conditions ignore it.
  func isNamed(_ name: String) -> Bool { key.equalsIgnoringASCIICase(name) }
}
