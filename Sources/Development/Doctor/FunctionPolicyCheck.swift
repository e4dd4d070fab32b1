internal import Batch
internal import Platform
internal import JobAPI
internal import SAMTemplate

/// Checks that a function's own policy, in its environment variables, allows the jobs.
struct FunctionPolicyCheck {
  let function: TemplateInspection.Function
  let deploy: DeployCommand

  /// The findings, one for each variable that is set and each name.
  func findings(_ names: Names) -> [Finding] {
    do throws(EnvironmentError) {
      let policy = try Policy(environment: Environment(function.variables))
      let queues = names.queues.map { queue in
        finding("ALLOWED_JOB_QUEUES", "\(queue)", policy.allows(queue), deploy.allowing(queues: ["\(queue)"]))
      }
      let definitions = names.definitions.map { definition in
        finding(
          "ALLOWED_JOB_DEFINITIONS", "\(definition)", policy.allows(definition),
          deploy.allowing(definitions: ["\(definition)"]))
      }
      return (queues + definitions).compactMap(\.self)
    } catch {
      let parameter = ["ALLOWED_MEMBERS": "AllowedMembers", "ALLOWED_OPERATIONS": "AllowedOperations"][error.variable]
      let deploy = parameter.map { self.deploy.setting("\($0)=...") } ?? self.deploy
      return [deploy.finding(.fail, "\(error.variable) of \(function.name): \(error.reason)")]
    }
  }

  /// Whether a function's `ALLOWED_OPERATIONS` leaves submitting out.
  static func refusesToSubmit(_ function: TemplateInspection.Function) -> Bool {
    let policy = try? Policy(environment: Environment(function.variables))
    return policy.map { !$0.allows(.submit) } ?? false
  }

  private func finding(
    _ variable: String, _ name: String, _ isAllowed: Bool, _ deploy: DeployCommand
  ) -> Finding? {
    guard let value = function.variables[variable] else { return nil }
    return isAllowed
      ? .ok("\(variable) of \(function.name) allows \(name)")
      : deploy.finding(.fail, "\(variable) of \(function.name) is \(value.quoted), which does not allow \(name)")
  }
}
