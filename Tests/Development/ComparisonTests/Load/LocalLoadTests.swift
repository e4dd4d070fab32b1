import Foundation
import LocalAPIGateway
import LocalBatch
import Platform
import TestSupport
import Testing

@testable import Comparison

/// Puts load on a gateway and a Batch that share Swift's threads, from workers that have their own threads.
@Suite("A load on the local gateway", .timeLimit(.minutes(1)))
struct LocalLoadTests {
  @Test(
    "submits a job with each request, in either loop",
    arguments: [Load.Pace.closed, .open(requestsPerSecond: 2000)])
  func direct(pace: Load.Pace) async throws {
    let template = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../../examples/direct-minimal.yaml").standardized.path
    let batch = EmbeddedBatch()
    let reports = InvocationReports()
    let load = try Load(requests: 120, concurrency: 8, pace: pace, warmUp: 16)
    let result = try await batch.serve { batchPort in
      let gateway = try LocalGateway(
        templateAt: template, stackName: "apigw-batch", region: "us-east-1", credentials: EmbeddedBatch.demoCredentials,
        variables: ["AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:\(batchPort)"])
      return try await gateway.serve(log: { reports.note($0) }) { running in
        let target = try HTTPTarget(
          url: "http://127.0.0.1:\(running.port)/job", environment: Environment([:])
        ) { _ in [] }
        return try await LoadGenerator(load, reports: reports) { try target.sender() }.run()
      }
    }
    let latency = result.latency(of: "direct")
    #expect((latency.requests, latency.errors) == (120, 0))
    #expect(latency.failures.isEmpty)
    #expect(latency.coldStarts == 0)
    let percentiles = [latency.curve.first?.last, latency.p50, latency.p90, latency.p99, latency.max].compactMap(\.self)
    #expect(percentiles.count == 5 && percentiles == percentiles.sorted() && percentiles.allSatisfy { $0 > 0 })
    #expect(latency.requestsPerSecond > 0)
    #expect(await batch.submitJobBodies.count == 136)
  }
}
