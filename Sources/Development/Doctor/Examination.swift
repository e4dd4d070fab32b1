package import Batch
internal import LocalServer
package import Platform
internal import SAMTemplate
package import Workstation

/// All the checks of `apigw-batch doctor`, in an order in which each has what it needs of those before.
package struct Examination {
  /// The job queues that jobs are for.
  package var queues: [JobQueueName] = []
  /// The job definitions that jobs are made of.
  package var definitions: [JobDefinitionName] = []
  /// A deployed stack, whose parameters count.
  package var stack: String?
  /// The package; nil for the one that `make package` makes.
  package var zip: String?
  /// A Batch that isn't AWS's, which is asked with the demo keys.
  package var batchEndpoint: String?
  /// The values of `--parameter-overrides`.
  let parameters: [String: String]
  let root: PackageRoot
  let environment: Platform.Environment
  /// The doctor's own command, as it was typed.
  let again: String
  /// Gets each finding as soon as it's there.
  let report: (Finding) -> Void

  /// An examination that `report` gets the findings of.
  ///
  /// - Parameters:
  ///   - parameters: values of the template's parameters.
  ///   - again: the doctor's own command, as it was typed.
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

  /// Looks at everything, and changes nothing.
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
      // The template's defaults say nothing of it, and to deploy them would take its names away.
      report(
        .skip("policies and function variables: stack \(stack) was not read; once the above is mended", run: again))
    } else {
      PolicyCheck(template: template, deploy: deploy(template)).findings(names, revisions: revisions).forEach(report)
      for function in template.functions {
        FunctionPolicyCheck(function: function, deploy: deploy(template)).findings(names).forEach(report)
      }
    }
    for function in template.functions {
      report(await PackageCheck(zip: zip, function: function, root: root).finding())
    }
  }

  /// The stack's state, when one is named.
  private func deployedStack(in region: String?) async -> DeployedStack? {
    guard let name = stack else { return nil }
    guard let region else {
      report(.skip("stack \(name): there is no region to look in", run: again))
      return nil
    }
    let check = StackCheck(name: name, region: region, again: again)
    let (findings, deployed) = check.read(await check.ask())
    findings.forEach(report)
    return deployed
  }

  private func template(of stack: DeployedStack?, region: String?) -> TemplateInspection? {
    do {
      // What a first deployment would give: `make deploy` goes by the machine, and not by the template's default.
      let architecture = stack == nil ? ["Architecture": DeployCommand.machine] : [:]
      let settings = StackSettings(
        parameters: architecture.merging(parameters) { $1 }, region: region ?? BatchAccount.demoRegion,
        accountID: Account.id, stackName: self.stack ?? "apigw-batch")
      let template = try TemplateInspection(templateAt: root.template, settings, deployed: stack?.values ?? [:])
      if !template.undeclaredParameters.isEmpty {
        report(
          deploy(template).finding(
            .warn,
            "template \(root.template) has no \(template.undeclaredParameters.joined(separator: ", ")), as the stack "
              + "has: another one was deployed"))
      }
      return template
    } catch {
      report(.fail("template \(error)", run: "less template.yaml"))
      return nil
    }
  }

  private func deploy(_ template: TemplateInspection) -> DeployCommand {
    DeployCommand(stack: stack, parameters: template.parameters)
  }
}
