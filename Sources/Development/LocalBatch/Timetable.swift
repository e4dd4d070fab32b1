internal import Platform

/// The times at which jobs leave the states that they are in, earliest first: a binary heap.
struct Timetable: Sendable {
  /// A job's next change.
  struct Change: Sendable {
    let time: Timestamp
    let jobID: String
    /// The number of changes that were planned before; it decides between equal times.
    fileprivate let number: Int

    fileprivate static func < (one: Change, other: Change) -> Bool {
      (one.time, one.number) < (other.time, other.number)
    }
  }

  private var heap: [Change] = []
  private var count = 0

  /// Plans a change.
  mutating func add(_ jobID: String, at time: Timestamp) {
    heap.append(Change(time: time, jobID: jobID, number: count))
    count += 1
    var index = heap.count - 1
    while index > 0, heap[index] < heap[(index - 1) / 2] {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  /// Removes and returns the earliest change, unless it is later than a time.
  mutating func next(until time: Timestamp) -> Change? {
    guard let first = heap.first, first.time <= time else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var index = 0
    while let child = [2 * index + 1, 2 * index + 2].filter({ $0 < heap.count }).min(by: { heap[$0] < heap[$1] }),
      heap[child] < heap[index]
    {
      heap.swapAt(index, child)
      index = child
    }
    return first
  }
}
