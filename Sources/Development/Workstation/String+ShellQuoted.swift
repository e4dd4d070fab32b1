internal import Platform

extension String {
  /// This text as one shell word, quoted if necessary.
  package var shellQuoted: String { shellQuoted(always: false) }

  package func shellQuoted(always: Bool) -> String {
    let isPlain =
      !isEmpty && !always
      && utf8.allSatisfy { $0.isAlphanumeric || "-_./:=@%+,".utf8.contains($0) }
    return isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
