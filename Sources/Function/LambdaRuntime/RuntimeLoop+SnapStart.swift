internal import HTTPTransport
package import Platform

extension RuntimeLoop {
  /// Under SnapStart, the point of the snapshot: what returns from here is one of any number of copies of the process.
  /// Does nothing without SnapStart.
  ///
  /// Until then, the process must hold no credentials and no connection. `rehearse` is called just before the snapshot,
  /// for work that every copy would have to do. See
  /// [SnapStart hooks](https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-custom.html).
  /// - Throws: `RestoreError`, which `run` reports as a restore error.
  package func passSnapshot(
    environment: Environment, rehearse: () -> Void, reseed: () -> Bool = HTTPClient.reseed
  ) throws {
    guard environment["AWS_LAMBDA_INITIALIZATION_TYPE"] == "snap-start" else { return }
    rehearse()
    do {
      // Its connection is from before the snapshot, and is closed with it.
      let client = try RuntimeClient(endpoint: endpoint, userAgent: userAgent, clock: clock)
      try client.awaitRestore()
    } catch {
      throw RestoreError("The Runtime API at \(endpoint.redactingUserInfo) failed: \(error)")
    }
    // All copies have the same state of OpenSSL's random generator.
    guard reseed() else { throw RestoreError("OpenSSL can't seed its random generator from the kernel") }
  }
}

/// The failure of a process that may be one of many copies.
struct RestoreError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
