import Foundation
import LocalBatch
import Platform
import SAMTemplate
import Synchronization
import TestSupport
import Testing

@testable import Comparison

@Suite("The behaviour matrix")
struct BehaviourMatrixTests {
  @Test("marks both direct integrations, and not the function", .timeLimit(.minutes(2)))
  func package() async throws {
    let progress = Mutex<[BehaviourMatrix.Progress]>([])
    let result = try await withLocalVariants(try TemplateVariant.package(at: packageRoot)) { variants in
      await BehaviourMatrix(variants).run { step in progress.withLock { $0.append(step) } }
    }
    #expect(result.incomplete == nil)
    // Only a function can die.
    let forFunctions = SubmitCase.all.count { $0.batch == .outlivesFunction }
    #expect(result.cells.count == MatrixCase.all.count * 4 - forFunctions * 2)
    #expect(result.cells.prefix(4).map(\.variant) == ["lambda-rest", "lambda-http", "direct", "direct-minimal"])
    #expect(progress.withLock { $0.map(\.done).max() == $0.first?.total && $0.count == result.cells.count })
    for submitCase in SubmitCase.all {
      for cell in result.cells where cell.case == submitCase.name && cell.variant != "direct-minimal" {
        // API Gateway alone can't remember keys.
        let marks: [ComparisonReport.Behaviour.Mark] =
          submitCase.hasKey && cell.variant == "direct" ? [.duplicate] : []
        #expect(
          cell.marks == marks && cell.injected == [] && cell.ignored == [], "run make build if it's old: \(cell)")
        #expect(submitCase.isDoneRight(cell), "\(cell)")
        if submitCase.hasKey { #expect(cell.jobs == (marks.isEmpty ? 1 : 2), "\(cell)") }
      }
    }
    let jobs = Set(JobCase.all.map(\.name))
    let article = result.cells.filter { $0.variant == "direct-minimal" && !jobs.contains($0.case) }
    #expect(Set(article.flatMap(\.marks)) == [.maskedFailure, .duplicate, .injected, .ignored])
    expectJobs(result.cells.filter { jobs.contains($0.case) })
    let marked = { (mark: ComparisonReport.Behaviour.Mark) in
      article.filter { $0.marks.contains(mark) }.map(\.case)
    }
    #expect(marked(.duplicate) == ["sent twice with one key", "its answer was lost, then sent again"])
    #expect(result.showsKeys(of: "lambda-rest") && !result.showsKeys(of: "direct"))
    #expect(
      marked(.injected) == [
        "a quote in the queue's name", "a quote in the definition's name", "another content type",
      ])
    #expect(
      marked(.maskedFailure) == [
        "an unknown queue", "an unknown definition", "the queue's name in another case",
        "the definition's name in another case", "a backslash in the queue's name", "a newline in the queue's name",
        "non-ASCII text in the queue's name", "Batch throttles", "Batch denies access", "Batch rejects the signature",
        "Batch fails with 500",
      ])
    // Names in the path, which the article leaves open, are distinguished from what the article itself does.
    #expect(
      Set(SubmitCase.all.filter(\.hasOtherPath).map(\.name))
        == Set(
          marked(.maskedFailure).prefix(7) + marked(.injected).prefix(2) + ["the queue's ARN", "the definition's ARN"])
    )
    // Every member that the caller sends is dropped, except those that break out of the template or bypass it.
    #expect(marked(.ignored) == article.filter { $0.ignored != [] }.map(\.case))
    #expect(
      marked(.ignored).count { $0.hasSuffix("in the body") || $0.hasSuffix("in the job's name") } == 16)
    #expect(article.first { $0.case == "a backslash in a value" }?.ignored == ["parameters"])
    #expect(article.first { $0.case == "Parameters in the body" }?.ignored == ["Parameters"])
    #expect(
      article.first { $0.case == "another content type" }?.injected == [
        "jobQueue", "jobDefinition", "containerOverrides",
      ])
  }

  @Test("marks a mapping template that escapes nothing", .timeLimit(.minutes(1)))
  func unescaped() async throws {
    let result = try await matrix(
      of: Templates.unescaped, cases: .named("a quote in a value", "a newline in a value", "an unknown queue"))
    #expect(result.incomplete == nil)
    #expect(
      result.cells.map(\.case) == ["a good submit", "an unknown queue", "a quote in a value", "a newline in a value"])
    #expect(result.cells.map(\.marks) == [[], [], [.injected, .ignored], [.lost]])
    #expect(result.cells.map(\.status) == [200, 502, 200, 502])
    #expect(result.cells.dropFirst(2).first?.injected == ["containerOverrides"])
  }

  @Test("marks a fixed member that a caller overwrites", .timeLimit(.minutes(1)))
  func overwritten() async throws {
    let result = try await matrix(
      of: Templates.fixedCommand,
      cases: .named("an unknown queue", "a quote in the queue's name", "a quote in the definition's name"))
    #expect(result.incomplete == nil)
    #expect(result.cells.map(\.marks) == [[], [], [.injected], [.injected]])
    #expect(
      result.cells.map(\.injected) == [
        [], [], ["containerOverrides", "jobQueue"], ["containerOverrides", "jobDefinition"],
      ])
  }

  @Test("marks fewer cases of the article's own integration, which has no path parameters", .timeLimit(.minutes(1)))
  func article() async throws {
    let result = try await matrix(of: Templates.article)
    #expect(result.incomplete == nil)
    let marked = result.cells.filter { !Set($0.marks).subtracting([.ignored]).isEmpty }.map(\.case)
    #expect(
      marked == [
        "another content type", "Batch throttles", "Batch denies access", "Batch rejects the signature",
        "Batch fails with 500", "sent twice with one key", "its answer was lost, then sent again",
      ] + JobCase.all.filter(\.mustSucceed).map(\.name))
  }

  @Test("marks a function that resends a request that may have arrived", .timeLimit(.minutes(1)))
  func resending() async throws {
    let result = try await matrix(
      of: Templates.function, function: Templates.resendingFunction,
      cases: .named("Batch loses its response", "Batch is unreachable", "the caller sends it twice"))
    #expect(result.incomplete == nil)
    #expect(result.cells.map(\.marks) == [[], [], [.duplicate], []])
    #expect(result.cells.map(\.jobs) == [1, 0, 2, 2])
    #expect(result.cells.map(\.requests) == [1, 0, 2, 2])
  }

  @Test("keeps the cells run so far when it is interrupted", .timeLimit(.minutes(1)))
  func interruption() async throws {
    let (firsts, first) = AsyncStream.makeStream(of: Void.self)
    let run = Task {
      try await withLocalVariants(try TemplateVariant.all(in: packageRoot + "/examples/direct-minimal.yaml")) {
        variants in
        await BehaviourMatrix(variants, cases: .named("Batch is slow")).run { _ in first.yield() }
      }
    }
    for await _ in firsts { break }
    run.cancel()
    let result = try await run.value
    #expect(result.cells.map(\.case) == ["a good submit"])
    #expect(result.incomplete == "interrupted after 1 of 2 cells of the matrix")
  }

  @Test("claims nothing about a deployed stage's Batch, and doesn't let it misbehave", .timeLimit(.minutes(1)))
  func deployed() async throws {
    let template = packageRoot + "/examples/direct-minimal.yaml"
    let result = try await withLocalVariants(try TemplateVariant.all(in: template)) { local in
      let url = try #require(local.first).submitURL
      let deployed = try RunningVariant(
        deployedAt: url, id: "deployed", name: "deployed", integration: .service,
        environment: Platform.Environment([:]))
      #expect(deployed.submitURL == url)
      return await BehaviourMatrix([deployed]).run()
    }
    #expect(result.incomplete == nil)
    #expect(result.cells.count == SubmitCase.all.count { $0.batch == .normal })
    #expect(result.cells.allSatisfy { $0.requests == nil && $0.jobs == nil && $0.injected == nil && $0.ignored == nil })
    // A success without a job is detected all the same.
    #expect(result.cells.first { $0.case == "an unknown queue" }?.marks == [.maskedFailure])
    #expect(result.cells.first { $0.case == "a good submit" }?.marks == [])
  }

  @Test("has no responses from a dead URL", .timeLimit(.minutes(1)))
  func dead() async throws {
    let port = try ClosedPort()
    let variant = try RunningVariant(
      deployedAt: "http://127.0.0.1:\(port.number)/jobs/queue/definition", id: "dead", name: "dead",
      integration: .lambdaProxy, environment: Platform.Environment([:]))
    let result = await BehaviourMatrix([variant], cases: .named("an unknown queue")).run()
    withExtendedLifetime(port) {}
    #expect(result.incomplete == nil)
    #expect(result.cells.map(\.status) == [nil, nil])
    #expect(result.cells.map(\.body) == [.none, .none])
    #expect(result.cells.map(\.marks) == [[.lost], []])
  }
}

extension SubmitCase {
  /// Whether a cell shows what an integration without faults should do.
  fileprivate func isDoneRight(_ cell: ComparisonReport.Behaviour) -> Bool {
    let isSuccess = cell.status.map { (200...299).contains($0) } ?? false
    let isJob = isSuccess && cell.body == .job && (cell.jobs ?? 0) > 0
    if mustSucceed { return isJob }
    // An HTTP API's own response can't be customized.
    let isOwnResponse = name == "a body over 10 MB" && cell.variant == "lambda-http" && cell.body == .message
    let isFailure = !isSuccess && (cell.body == .problem || isOwnResponse)
    // The integration can't know whether there is a job.
    if batch == .slow || batch == .fails(.lostResponse) { return isFailure }
    let isRejection = isFailure && cell.jobs == 0
    // Some integrations take only names, and API Gateway itself may not route an escaped slash.
    if name.hasSuffix("ARN") { return isJob || !isSuccess && cell.jobs == 0 }
    if batch != .normal || hasOtherPath || name == "another content type" || name == "a body over 10 MB" {
      return isRejection
    }
    // An integration may ignore the body, use it or reject it.
    return isJob || isRejection
  }
}
