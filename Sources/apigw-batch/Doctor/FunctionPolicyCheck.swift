internal import Batch
internal import LocalAWS
internal import Platform
internal import SubmitJob

/// Whether a function's own policy, in its environment variables, lets jobs through.
struct FunctionPolicyCheck {
  let function: TemplateInspection.Function
  let deploy: DeployCommand

  /// A finding for each variable that is set and each name.
  func findings(queues: [JobQueueName], definitions: [JobDefinitionName]) -> [Finding] {
    do throws(EnvironmentError) {
      var findings: [Finding?] = []
      for queue in queues { findings.append(try finding(queue)) }
      for definition in definitions { findings.append(try finding(definition)) }
      return findings.compactMap(\.self)
    } catch {
      return [.fail("\(error.variable) of \(function.name): \(error.reason)", type: deploy.line)]
    }
  }

  private func finding(_ queue: JobQueueName) throws(EnvironmentError) -> Finding? {
    let variable = "ALLOWED_JOB_QUEUES"
    guard let definition = JobDefinitionName("any") else { return nil }
    return try finding(variable, "\(queue)", refused: refusal(queue, definition, by: variable)) {
      deploy.line(allowing: ["\(queue)"])
    }
  }

  private func finding(_ definition: JobDefinitionName) throws(EnvironmentError) -> Finding? {
    let variable = "ALLOWED_JOB_DEFINITIONS"
    guard let queue = JobQueueName("any") else { return nil }
    return try finding(variable, "\(definition)", refused: refusal(queue, definition, by: variable)) {
      deploy.line(definitions: ["\(definition)"])
    }
  }

  private func finding(
    _ variable: String, _ name: String, refused: PolicyError?, command: () -> String
  ) -> Finding? {
    guard let value = function.variables[variable] else { return nil }
    guard refused == nil else {
      return .fail("\(variable) of \(function.name) is \(value.quoted), without \(name)", type: command())
    }
    return .ok("\(variable) of \(function.name) allows \(name)")
  }

  /// What the function's policy says, were it for this variable alone.
  private func refusal(
    _ queue: JobQueueName, _ definition: JobDefinitionName, by variable: String
  ) throws(EnvironmentError) -> PolicyError? {
    let policy = try Policy(environment: Environment([variable: function.variables[variable] ?? ""]))
    guard let job = try? SubmitJobRequest(jobQueue: queue, jobDefinition: definition, members: [], id: "doctor") else {
      return nil
    }
    do throws(PolicyError) {
      try policy.check(job)
      return nil
    } catch {
      return error
    }
  }
}
