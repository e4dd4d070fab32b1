extension ComparisonReport.Behaviour.Mark {
  /// Whether a cell is marked with it: the rules of the whole matrix.
  func applies(to observation: Observation, mustSucceed: Bool) -> Bool {
    switch self {
    case .maskedFailure: Self.isMaskedFailure(observation)
    case .duplicate: Self.isDuplicate(observation)
    case .injected: Self.isInjected(observation)
    case .lost: Self.isLost(observation, mustSucceed: mustSucceed)
    }
  }

  /// The caller was told of more successes than there are jobs.
  ///
  /// Where Batch is out of sight, an answer that claims success and names no job counts as one: whoever reads it can't
  /// tell it from a job that was never there.
  private static func isMaskedFailure(_ observation: Observation) -> Bool {
    if let batch = observation.batch { return observation.successes > batch.jobs }
    return observation.answers.contains { answer in
      answer?.isSuccess == true && ComparisonReport.Behaviour.Body(answer) != .job
    }
  }

  /// There are more jobs than the caller sent requests.
  ///
  /// A request that the client itself sends twice makes two jobs with every variant, and that is no mark: SubmitJob has
  /// no idempotency token, so that no integration could know that one job was meant.
  private static func isDuplicate(_ observation: Observation) -> Bool {
    guard let batch = observation.batch else { return false }
    return batch.jobs > observation.answers.count
  }

  /// A member reached Batch that nobody meant to let in (see `IntendedMembers`), whatever Batch made of it.
  private static func isInjected(_ observation: Observation) -> Bool {
    observation.injected?.isEmpty == false
  }

  /// A request that has to succeed did not, while nothing was wrong with Batch.
  ///
  /// One that was answered with a success and has no job is a masked failure instead.
  private static func isLost(_ observation: Observation, mustSucceed: Bool) -> Bool {
    mustSucceed && observation.successes < observation.answers.count
  }
}
