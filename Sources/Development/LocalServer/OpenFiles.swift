internal import Glibc

/// The number of files that this process may have open, which connections and pipes count towards.
package enum OpenFiles {
  /// More than the servers of one command need. A program that tries every possible file takes longer with each.
  private static let most = 65_536

  /// The limit.
  package static var limit: Int { Int(clamping: limits.rlim_cur) }

  /// Raises the limit as far as is possible without privileges. Shells start programs with 1024, for the sake of those
  /// that use `select`.
  package static func raiseLimit() {
    var limits = limits
    let raised = min(limits.rlim_max, rlim_t(most))
    guard limits.rlim_cur < raised else { return }
    limits.rlim_cur = raised
    _ = setrlimit(resource, &limits)
  }

  private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

  private static var limits: rlimit {
    var limits = rlimit()
    _ = getrlimit(resource, &limits)
    return limits
  }
}
