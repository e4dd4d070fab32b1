extension ComparisonReport.Behaviour.Mark {
  /// Whether a cell gets this mark. These are the rules of the whole matrix.
  func applies(to observation: Observation, mustSucceed: Bool) -> Bool {
    switch self {
    case .maskedFailure: Self.isMaskedFailure(observation)
    case .duplicate: Self.isDuplicate(observation)
    case .injected: Self.isInjected(observation)
    case .lost: Self.isLost(observation, mustSucceed: mustSucceed)
    case .ignored: Self.isIgnored(observation)
    case .leaked: observation.access?.leaks == true
    }
  }

  /// The caller got more successes than there are jobs. With a key, successes may be for the same job.
  ///
  /// Where Batch can't be observed, a success that names no job counts as well: the caller has no job. Of jobs that exist,
  /// it is a success that doesn't show, list or end what it claims to.
  private static func isMaskedFailure(_ observation: Observation) -> Bool {
    if let access = observation.access { return observation.successes > access.kept }
    if let batch = observation.batch { return min(observation.successes, observation.intendedJobs) > batch.jobs }
    return observation.responses.contains { response in
      response?.isSuccess == true && ComparisonReport.Behaviour.Body(response) != .job
    }
  }

  /// There are more jobs than the caller meant.
  ///
  /// A request that the caller itself sends twice without a key creates two jobs with every variant and earns no mark:
  /// no integration can know that one job was meant. Where Batch can't be observed, the jobs that the responses name
  /// count.
  private static func isDuplicate(_ observation: Observation) -> Bool {
    (observation.batch?.jobs ?? observation.namedJobs) > observation.intendedJobs
  }

  /// An unintended member reached Batch (see `IntendedMembers`), whether or not Batch accepted it.
  private static func isInjected(_ observation: Observation) -> Bool {
    observation.injected?.isEmpty == false
  }

  /// A request that must succeed failed, although nothing was wrong with Batch.
  ///
  /// A success without a job is a masked failure instead. Requests with a key may fail until one succeeds, and a 400 is
  /// right for a variant that can't keep the key: the caller counts on it.
  private static func isLost(_ observation: Observation, mustSucceed: Bool) -> Bool {
    mustSucceed && observation.successes < observation.intendedSuccesses && !observation.refusesKey
  }

  /// The caller got a success for a job without some of its members, or with other values.
  ///
  /// A variant that takes no members by design is marked, too, because its caller is not told.
  private static func isIgnored(_ observation: Observation) -> Bool {
    observation.successes > 0 && observation.ignored?.isEmpty == false
  }
}
