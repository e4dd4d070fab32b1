import AWSService
import Credentials
import HTTPTransport
import Platform
import TestSupport
import Testing

@Suite("A service's client")
struct ServiceClientTests {
  @Test("signs with the very time that it compared with the deadline, and sends nothing from the deadline on")
  func deadline() throws {
    let server = try ScriptedServer.answering(.submitted)
    let start = Timestamp(milliseconds: 1_795_937_129_000)
    // One reading for the signature; those that follow can only be later.
    for (milliseconds, isSent) in [(0, true), (40_000, true), (100_000, false), (400_000, false)] {
      let time = start + .milliseconds(milliseconds)
      let clock = WallClock(now: { time }, sleep: { Issue.record("waits \($0)") })
      let before = server.requests.count
      let client = try client(server, clock: clock)
      do throws(ServiceError) {
        _ = try client.post([], to: "/", headers: [], deadline: start + .seconds(100))
        #expect(isSent)
        #expect(server.requests.last?.header("X-Amz-Date") == time.iso8601Basic)
      } catch {
        guard case .noResponse(let cause) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(!isSent)
        #expect(!cause.requestWasSent)
      }
      #expect(server.requests.count == before + (isSent ? 1 : 0))
    }
  }

  @Test("sends nothing if it is paused for longer than its time between the signature and the request")
  func pausedAfterSignature() throws {
    let server = try ScriptedServer.answering(.submitted)
    let readings = Monitor(0)
    let start = Timestamp(milliseconds: 10_000)
    let clock = WallClock(
      now: {
        let count = readings.withLock { count in
          count += 1
          return count
        }
        return count == 1 ? start : start + .seconds(400)
      }, sleep: { Issue.record("waits \($0)") })
    let client = try client(server, clock: clock)
    #expect(throws: ServiceError.self) { try client.post([], to: "/", headers: [], deadline: start + .seconds(1)) }
    #expect(server.requests.isEmpty)
  }

  private func client(_ server: ScriptedServer, clock: WallClock) throws -> ServiceClient {
    let environment = Environment([
      "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
      "AWS_ENDPOINT_URL": server.url,
    ])
    let endpoint = try ConfiguredEndpoint(
      environment: environment, service: "any", variable: "AWS_ENDPOINT_URL_ANY", host: { _, _, _, _ in "" })
    return try ServiceClient(
      endpoint, environment: environment,
      credentials: CredentialsProvider(environment: environment, userAgent: "test", clock: clock), userAgent: "test",
      clock: clock)
  }
}
