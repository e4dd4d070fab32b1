import Foundation
import TestSupport
import Testing

@Suite("TLS")
struct TLSTests {
  @Test("submits to a server whose certificate is signed by a CA in the bundle, on one connection")
  func verified() async throws {
    let certificates = try await offPool { try Certificates() }
    let run = try await invokeOverTLS(.rest(), .rest(), trusting: certificates, try certificates.server())
    #expect(run.responses.map(\.statusCode) == [200, 200], "\(run.written)")
    #expect(run.batch.jobs.map(\.connection) == [1, 1])
  }

  @Test("rejects a certificate for another name, and the log says so")
  func wrongName() async throws {
    let certificates = try await offPool { try Certificates() }
    let run = try await invokeOverTLS(.rest(), trusting: certificates, try certificates.server("DNS:batch.example.com"))
    expectRefusedCertificate(run, "for another name")
  }

  @Test("rejects a CA that is not in the bundle, and the log says so")
  func unknownAuthority() async throws {
    let (certificates, others) = try await offPool { (try Certificates(), try Certificates()) }
    let run = try await invokeOverTLS(.rest(), trusting: certificates, try others.server())
    expectRefusedCertificate(run, "unknown CA")
  }

  @Test("rejects a CA that is not in the system's bundle")
  func systemBundle() async throws {
    let certificates = try await offPool { try Certificates() }
    let run = try await invokeOverTLS(.rest(), trusting: nil, try certificates.server())
    expectRefusedCertificate(run, "unknown CA")
  }

  @Test("rejects a certificate that has expired, and the log says so")
  func expired() async throws {
    let certificates = try await offPool { try Certificates() }
    let run = try await invokeOverTLS(.rest(), trusting: certificates, try certificates.server(expired: true))
    expectRefusedCertificate(run, "expired")
  }

  @Test("gives up if the server doesn't support it")
  func plainServer() async throws {
    let batch = try ScriptedServer.answering(.submitted)
    let run = try await invoke(
      .rest(), environment: ["AWS_ENDPOINT_URL_BATCH": "https://\(batch.authority)"], batch: batch)
    expectProblem(run.response, 503)
    #expect(batch.requests.isEmpty)
  }

  @Test("retries if two handshakes in a row are cut after the one at init, because nothing was sent")
  func cutHandshakes() async throws {
    let certificates = try await offPool { try Certificates() }
    let run = try await invokeOverTLS(.rest(), trusting: certificates, try certificates.server(), cutting: 3)
    #expect(run.response.statusCode == 200, "\(run.written)")
    #expect(run.batch.jobs.count == 1)
  }

  @Test("does not weaken at-most-once: a lost response is a 504")
  func lostResponse() async throws {
    let certificates = try await offPool { try Certificates() }
    let batch = try ScriptedServer.batch(.submitted, .close, .submitted)
    let run = try await invokeOverTLS(.rest(), .rest(), trusting: certificates, try certificates.server(), batch: batch)
    #expect(run.responses.map(\.statusCode) == [200, 504])
    #expect(batch.jobs.count == 2)
  }

  private func invokeOverTLS(
    _ events: RuntimeAPI.Event..., trusting authority: Certificates?, _ certificate: Certificates.Pair,
    cutting cut: Int = 0,
    batch: ScriptedServer? = nil
  ) async throws -> FunctionRun {
    let server = try TLSServer(certificate, inFrontOf: try batch ?? .batch(.submitted), cutting: cut)
    // The server and the certificates' files are removed with their last reference.
    defer { withExtendedLifetime((server, authority)) {} }
    let environment = ["AWS_ENDPOINT_URL_BATCH": server.url, "AWS_CA_BUNDLE": authority?.authority.certificate]
    return try await invoke(events, environment: environment, batch: server.server)
  }

  private func expectRefusedCertificate(
    _ run: FunctionRun, _ cause: String, at location: SourceLocation = #_sourceLocation
  ) {
    expectProblem(run.response, 503, at: location)
    #expect(run.batch.requests.isEmpty, sourceLocation: location)
    #expect(run.log.count == 1 && run.written.contains(cause), "\(run.written)", sourceLocation: location)
  }
}
