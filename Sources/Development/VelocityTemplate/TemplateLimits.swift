/// What a template may use, so that none can hang or fill memory. API Gateway documents no such numbers.
public struct TemplateLimits: Hashable, Sendable {
  /// Runs of `#foreach` blocks, in all loops together.
  public var iterations: Int
  /// The length of the output, and of any one text or list made on the way, in bytes or elements.
  public var length: Int
  /// The bytes and elements that may be read or made on the way, all together.
  public var work: Int

  /// By default 100,000 iterations, API Gateway's 10 MB for a payload, and five times that on the way.
  public init(iterations: Int = 100_000, length: Int = 10_485_760, work: Int = 52_428_800) {
    self.iterations = iterations
    self.length = length
    self.work = work
  }
}
