internal import Batch
internal import LocalAWS
internal import Platform

/// All the checks of `apigw-batch doctor`, in an order in which each has what it needs of those before.
struct Examination {
  let options: DoctorCommand
  /// The values of `--parameter-overrides`.
  let parameters: [String: String]
  let root: PackageRoot
  let environment: Platform.Environment
  /// The doctor's own command, as it was typed.
  let again: String
  /// Gets each finding as soon as it's there.
  let report: (Finding) -> Void

  /// Looks at everything, and changes nothing.
  func run() async {
    await MachineCheck(environment: environment).findings().forEach(report)
    let account = AccountCheck(
      endpoint: options.batchEndpoint, environment: environment, again: again, report: report)
    let region = account.region()
    let stack = await stack(in: region)
    let template = template(of: stack, region: region)
    let names = Names(options.queues, options.definitions, orOf: template?.parameters ?? [:])
    let revisions = await BatchCheck(names: names, again: again, report: report).run(await account.batch(in: region))
    guard let template else { return }
    if let name = options.stack, stack == nil {
      // The template's defaults say nothing of it, and to deploy them would take its names away.
      report(
        .skip("policies and function variables: stack \(name) was not read; once the above is mended", type: again))
    } else {
      PolicyCheck(template: template, deploy: deploy(template)).findings(names, revisions: revisions).forEach(report)
      for function in template.functions {
        FunctionPolicyCheck(function: function, deploy: deploy(template)).findings(names).forEach(report)
      }
    }
    for function in template.functions {
      report(await PackageCheck(zip: options.zip, function: function, root: root).finding())
    }
  }

  /// The stack's state, when one is named.
  private func stack(in region: String?) async -> DeployedStack? {
    guard let name = options.stack else { return nil }
    guard let region else {
      report(.skip("stack \(name): there is no region to look in", type: again))
      return nil
    }
    let check = StackCheck(name: name, region: region, again: again)
    let (findings, stack) = check.read(await check.ask())
    findings.forEach(report)
    return stack
  }

  private func template(of stack: DeployedStack?, region: String?) -> TemplateInspection? {
    do throws(TemplateFileError) {
      // What a first deployment would give: `make deploy` goes by the machine, and not by the template's default.
      let architecture = stack == nil ? ["Architecture": DeployCommand.machine] : [:]
      let template = try TemplateInspection(
        templateAt: root.template, parameters: architecture.merging(parameters) { $1 },
        deployed: stack?.values ?? [:], region: region ?? BatchAccount.demoRegion)
      if !template.undeclaredParameters.isEmpty {
        report(
          deploy(template).finding(
            .warn,
            "template \(root.template) has no \(template.undeclaredParameters.joined(separator: ", ")), as the stack "
              + "has: another one was deployed"))
      }
      return template
    } catch {
      report(.fail("template \(error)", type: "less template.yaml"))
      return nil
    }
  }

  private func deploy(_ template: TemplateInspection) -> DeployCommand {
    DeployCommand(stack: options.stack, parameters: template.parameters)
  }
}
