internal import Batch
internal import Foundation
internal import LocalAWS
internal import Platform

/// All the checks of `apigw-batch doctor`, in an order in which each has what it needs of those before.
struct Examination {
  /// What the command line asks for.
  struct Request: Sendable {
    var queues: [JobQueueName] = []
    var definitions: [JobDefinitionName] = []
    /// The template; nil for this package's.
    var template: String?
    /// The zip; nil for the one that `make package` makes.
    var zip: String?
    /// Values of the template's parameters.
    var parameters: [String: String] = [:]
    /// A deployed stack, whose parameters count.
    var stack: String?
    /// A Batch that isn't AWS's, which is asked with the demo keys.
    var batchEndpoint: String?
  }

  let request: Request
  let root: PackageRoot
  let environment: Platform.Environment
  /// Gets each finding as soon as it's there.
  let report: (Finding) -> Void

  /// Looks at everything, and changes nothing.
  func run() async {
    await MachineCheck(environment: environment).findings().forEach(report)
    let account = AccountCheck(endpoint: request.batchEndpoint, environment: environment)
    let region = account.region(report)
    let stack = await stack(in: region)
    let template = inspect(deployed: stack?.values ?? [:], region: region, accountID: nil)
    let names = Names(request, template?.parameters ?? [:])
    let batch = BatchCheck(names: names, report: report)
    let seen = await batch.run(await account.inventory(in: region, report))
    guard let template else { return }
    // ARNs have the account in them, which Batch's own ARNs tell.
    let deployed =
      seen.accountID == nil ? nil : inspect(deployed: stack?.values ?? [:], region: region, accountID: seen.accountID)
    checkPolicies(deployed ?? template, names, seen, region: region)
    await checkPackages(template)
  }

  /// The stack's state, when one is named.
  private func stack(in region: String?) async -> DeployedStack? {
    guard let name = request.stack else { return nil }
    guard let region else {
      report(.skip("stack \(name): there is no region to look in", type: CredentialsCheck.again))
      return nil
    }
    let check = StackCheck(name: name, region: region)
    let (findings, stack) = check.read(await check.ask())
    findings.forEach(report)
    return stack
  }

  private var template: String { request.template ?? root.template }

  /// The template's path where it isn't this package's own.
  private var otherTemplate: String? {
    request.template.flatMap {
      URL(fileURLWithPath: $0).standardizedFileURL.path == root.template ? nil : $0
    }
  }

  private func inspect(deployed: [String: String], region: String?, accountID: String?) -> TemplateInspection? {
    do throws(TemplateFileError) {
      // What a first deployment would give: `make deploy` goes by the machine, and not by the template's default.
      let architecture = otherTemplate == nil && deployed.isEmpty ? ["Architecture": DeployCommand.machine] : [:]
      let inspection = try TemplateInspection(
        templateAt: template, parameters: architecture.merging(request.parameters) { $1 }, deployed: deployed,
        region: region ?? BatchAccount.demoRegion, accountID: accountID)
      // It's read again once the account is known: what is to be said of it was said then.
      if accountID == nil, !inspection.undeclaredParameters.isEmpty {
        report(
          .warn(
            "template \(template) has no \(inspection.undeclaredParameters.joined(separator: ", ")), as the stack has: "
              + "another one was deployed", type: deploy(inspection).line))
      }
      return inspection
    } catch {
      if accountID == nil {
        report(.fail("template \(error)", type: "\(CredentialsCheck.again) --template template.yaml"))
      }
      return nil
    }
  }

  private func deploy(_ template: TemplateInspection) -> DeployCommand {
    DeployCommand(stack: request.stack, parameters: template.parameters, template: otherTemplate)
  }

  private func checkPolicies(
    _ template: TemplateInspection, _ names: Names, _ seen: BatchCheck.Seen, region: String?
  ) {
    let check = PolicyCheck(
      template: template, deploy: deploy(template),
      arnPrefix: PolicyCheck.arnPrefix(
        region: region ?? BatchAccount.demoRegion, accountID: seen.accountID ?? TemplateInspection.exampleAccountID))
    check.openness(queues: names.queues.map(\.description), definitions: names.definitions.map(\.description))
      .map(report)
    for queue in names.queues { check.findings(queue: queue.description).forEach(report) }
    for definition in names.definitions {
      check.findings(definition: definition, revision: seen.revision(of: definition)).forEach(report)
    }
    for function in template.functions {
      FunctionPolicyCheck(function: function, deploy: deploy(template))
        .findings(queues: names.queues, definitions: names.definitions).forEach(report)
    }
  }

  private func checkPackages(_ template: TemplateInspection) async {
    // What another template's functions are made of is not known here.
    guard request.zip != nil || otherTemplate == nil else { return }
    for function in template.functions {
      let name = request.zip ?? "dist/apigw-batch-\(function.architecture).zip"
      let check = PackageCheck(
        name: name, path: request.zip ?? "\(root.path)/\(name)", isNamed: request.zip != nil,
        function: function.name, architecture: function.architecture)
      report(await check.finding())
    }
  }
}

/// The job queues and job definitions to look at: those of the command line, or else those that the template's
/// parameters name without a wildcard.
struct Names {
  let queues: [JobQueueName]
  let definitions: [JobDefinitionName]

  init(_ request: Examination.Request, _ parameters: [String: String]) {
    func list(_ parameter: String) -> [String] { (parameters[parameter] ?? "").split(separator: ",").map(String.init) }
    queues = request.queues.isEmpty ? list("JobQueues").compactMap { JobQueueName($0) } : request.queues
    definitions =
      request.definitions.isEmpty ? list("JobDefinitions").compactMap { JobDefinitionName($0) } : request.definitions
  }
}
