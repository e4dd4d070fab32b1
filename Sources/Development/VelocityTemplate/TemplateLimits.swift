/// What a template may use, so that none can hang or fill memory. API Gateway documents no such numbers.
package struct TemplateLimits: Hashable, Sendable {
  /// Runs of `#foreach` blocks, in all loops together.
  package var iterations: Int
  /// The length of the output, and of any one text or list made on the way, in bytes or elements.
  package var length: Int
  /// The bytes and elements that may be read or made on the way, all together.
  package var work: Int

  /// By default 100,000 iterations, API Gateway's 10 MB for a payload, and five times that on the way.
  package init(iterations: Int = 100_000, length: Int = 10_485_760, work: Int = 52_428_800) {
    self.iterations = iterations
    self.length = length
    self.work = work
  }
}
