import Foundation
import TestSupport
import Testing

@testable import LocalAPIGateway

@Suite("The gateway ends", .timeLimit(.minutes(2)))
struct LocalGatewayEndTests {
  private struct Stop: Error {}

  /// The time from the end of the body until everything has ended.
  private func ending(
    _ template: String, batch: String = "http://127.0.0.1:1", _ body: @Sendable (ServedGateway) async throws -> Void
  ) async throws -> Duration {
    let clock = ContinuousClock()
    let end = Monitor(clock.now)
    try await ServedGateway.serving(template, batch: batch) { gateway in
      try await body(gateway)
      end.withLock { $0 = clock.now }
    }
    return end.withLock { $0 }.duration(to: clock.now)
  }

  @Test("while requests are partly sent and connections are idle")
  func halfRequests() async throws {
    let connections = Monitor<[HTTPConnection]>([])
    let time = try await ending(ProxyRoutes.template) { gateway in
      try await offPool {
        for start in ["", "POST /rest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf", "POST /re"] {
          for _ in 0..<5 {
            let connection = try HTTPConnection(to: gateway.port)
            connection.send(start)
            connections.withLock { $0.append(connection) }
          }
        }
      }
    }
    #expect(connections.withLock { $0.count } == 15)
    #expect(time < .seconds(10 * TimeFactor.value))
  }

  @Test("while a request waits for Batch")
  func batch() async throws {
    let batch = try ScriptedServer.answering(.stall)
    let time = try await ending(
      """
      Resources:
        Api:
          Type: AWS::Serverless::Api
          Properties:
            StageName: live
            DefinitionBody:
              openapi: 3.0.1
              paths:
                /job:
                  get:
                    responses: {'200': {}}
                    x-amazon-apigateway-integration:
                      type: aws
                      httpMethod: POST
                      uri: arn:aws:apigateway:us-east-1:batch:path/v1/submitjob
                      responses: {default: {statusCode: 200}}
      """, batch: batch.url
    ) { gateway in
      let caller = try Caller(gateway)
      caller.send("GET /job")
      #expect(try await offPool { batch.waitForRequests(1) })
    }
    #expect(time < .seconds(10 * TimeFactor.value))
    batch.stop()
  }
}
