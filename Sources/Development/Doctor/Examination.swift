package import Batch
internal import LocalServer
package import Platform
internal import SAMTemplate
package import Workstation

/// All the checks of `apigw-batch doctor`, ordered so that each has the results it needs from earlier ones.
package struct Examination {
  /// The job queues to check.
  package var queues: [JobQueueName] = []
  /// The job definitions to check.
  package var definitions: [JobDefinitionName] = []
  /// A deployed stack, whose parameters are used.
  package var stack: String?
  /// The package to check; nil for the one that `make package` builds.
  package var zip: String?
  /// The URL of a Batch other than AWS's, which is called with the demo keys.
  package var batchEndpoint: String?
  /// Whether to ask a public database if fixes for the package's components are out.
  package var asksForSecurityReleases = true
  /// The values of `--parameter-overrides`.
  let parameters: [String: String]
  let root: PackageRoot
  let environment: Platform.Environment
  /// The doctor's own command line, as the user entered it.
  let again: String
  /// Receives each finding as soon as it is known.
  let report: (Finding) -> Void

  /// An examination whose findings go to `report`.
  ///
  /// - Parameters:
  ///   - parameters: values of the template's parameters.
  ///   - again: the doctor's own command line, as the user entered it.
  package init(
    parameters: [String: String], root: PackageRoot, environment: Platform.Environment, again: String,
    report: @escaping (Finding) -> Void
  ) {
    self.parameters = parameters
    self.root = root
    self.environment = environment
    self.again = again
    self.report = report
  }

  /// Runs all checks. Changes nothing.
  package func run() async {
    await MachineCheck(environment: environment).findings().forEach(report)
    let account = AccountCheck(
      endpoint: batchEndpoint, environment: environment, again: again, report: report)
    let region = account.region()
    let deployed = await deployedStack(in: region)
    let template = template(of: deployed, region: region)
    let names = Names(queues, definitions, orOf: template?.parameters ?? [:])
    let revisions = await BatchCheck(names: names, again: again, report: report).run(await account.batch(in: region))
    guard let template else { return }
    if let stack, deployed == nil {
      // The template's defaults say nothing about the stack, and deploying them would remove the stack's names.
      report(
        .skip(
          "policies and function variables: not checked, because stack \(stack) was not read; "
            + "fix the failure above first",
          run: again))
    } else {
      PolicyCheck(template: template, deploy: deploy(template)).findings(names, revisions: revisions).forEach(report)
      for function in template.functions {
        FunctionPolicyCheck(function: function, deploy: deploy(template)).findings(names).forEach(report)
        KeyPolicyCheck(function: function, template: template).findings().forEach(report)
      }
      await tableCheck(template, deployed, region: region)?.run().forEach(report)
    }
    for function in template.functions {
      report(await PackageCheck(zip: zip, function: function, root: root).finding())
      if asksForSecurityReleases {
        await SecurityReleaseCheck(
          zip: zip, architecture: function.architecture, stack: stack, root: root, environment: environment,
          again: again
        ).findings().forEach(report)
      }
    }
  }

  /// The state of the stack, if one is named.
  private func deployedStack(in region: String?) async -> DeployedStack? {
    guard let name = stack else { return nil }
    guard let region else {
      report(.skip("stack \(name): not checked without a region; fix the failure above first", run: again))
      return nil
    }
    let check = StackCheck(name: name, region: region, again: again)
    let (findings, deployed) = check.read(await check.ask())
    findings.forEach(report)
    return deployed
  }

  private func template(of stack: DeployedStack?, region: String?) -> TemplateInspection? {
    do {
      // As in a first deployment: `make deploy` uses this machine's architecture, not the template's default.
      let architecture = stack == nil ? ["Architecture": DeployCommand.machine] : [:]
      let settings = StackSettings(
        parameters: architecture.merging(parameters) { $1 }, region: region ?? BatchAccount.demoRegion,
        accountID: Account.id, stackName: self.stack ?? "apigw-batch")
      let template = try TemplateInspection(templateAt: root.template, settings, deployed: stack?.values ?? [:])
      if !template.undeclaredParameters.isEmpty {
        report(
          deploy(template).finding(
            .warn,
            "template \(root.template) does not declare \(template.undeclaredParameters.joined(separator: ", ")), which the "
              + "stack sets: the stack was deployed from another template"))
      }
      return template
    } catch {
      report(.fail("template \(error)", run: "less template.yaml"))
      return nil
    }
  }

  /// The check of the table with the `Idempotency-Key`s; nil if there is none yet, or if it can't be asked about.
  private func tableCheck(_ template: TemplateInspection, _ stack: DeployedStack?, region: String?) -> TableCheck? {
    let isUsed = template.functions.contains { $0.variables["IDEMPOTENCY_TABLE"] != nil }
    let existing = template.parameters["IdempotencyTable"].flatMap { $0.isEmpty ? nil : $0 }
    // The demo's keys and region are not the account's.
    guard isUsed, batchEndpoint == nil, let region, let name = existing ?? stack?.table else { return nil }
    return TableCheck(name: name, region: region, deploy: deploy(template), again: again)
  }

  private func deploy(_ template: TemplateInspection) -> DeployCommand {
    DeployCommand(stack: stack, parameters: template.parameters)
  }
}
