internal import Foundation

/// One page of a list, and the token of the next.
struct Page<Entry> {
  /// The entries of this page.
  let entries: [Entry]
  /// What asks for the next page, opaque to the caller; nil on the last page.
  let nextToken: String?

  /// The page that follows the one that a token ends, of a list in ascending order of its keys.
  ///
  /// A token is the last key of its page: entries that come or go meanwhile neither repeat nor hide others.
  init<Key: Comparable & LosslessStringConvertible>(
    _ all: [Entry], after token: String?, size: Int, key: (Entry) -> Key
  ) throws(ServiceError) {
    var rest = all[...]
    if let token {
      guard let data = Data(base64Encoded: token), let text = String(data: data, encoding: .utf8), let last = Key(text)
      else { throw .client("nextToken is not valid") }
      rest = rest.drop { key($0) <= last }
    }
    entries = Array(rest.prefix(size))
    nextToken = rest.count > size ? entries.last.map { Data(String(key($0)).utf8).base64EncodedString() } : nil
  }
}
