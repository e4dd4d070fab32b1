internal import Foundation
internal import Platform
internal import RawJSON

extension PriceList {
  /// Reads a file such as `docs/prices.json`.
  ///
  /// - Throws: `PriceListError`, which names the member that can't be used.
  package init(contentsOf path: String) throws(PriceListError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PriceListError(file: path, member: nil, reason: "can't read it: name a file such as docs/prices.json")
    }
    try self.init(parsing: Array(data), from: path)
  }

  /// Reads the text of a file; `path` is for the error.
  init(parsing text: [UInt8], from path: String) throws(PriceListError) {
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONValue(parsing: text)
    } catch {
      throw PriceListError(file: path, member: nil, reason: "no JSON: \(error)")
    }
    let file = try PriceListNode(document, name: nil, file: path)
    try file.expect(["date", "region", "sources", "restAPI", "httpAPI", "lambda"])
    let date = try file["date"]
    self.date = try date.text()
    guard self.date.utf8.count == 10, Timestamp(rfc3339: "\(self.date)T00:00:00Z") != nil else {
      throw date.error("write a day such as 2026-11-22")
    }
    region = try file["region"].text()
    sources = try file["sources"].elements().map { source throws(PriceListError) in try source.text() }
    requests = [.rest: try Tiers(file["restAPI"]), .http: try Tiers(file["httpAPI"])]
    let lambda = try file["lambda"]
    try lambda.expect(["requestsPerMillion", "gigabyteSecond"])
    lambdaRequestsPerMillion = try lambda["requestsPerMillion"].price()
    let gigabyteSecond = try lambda["gigabyteSecond"]
    try gigabyteSecond.expect(Architecture.allCases.map(\.rawValue))
    var prices: [Architecture: Decimal] = [:]
    for architecture in Architecture.allCases {
      prices[architecture] = try gigabyteSecond[architecture.rawValue].price()
    }
    self.gigabyteSecond = prices
  }
}

extension PriceList.Tiers {
  fileprivate init(_ node: PriceListNode) throws(PriceListError) {
    let nodes = try node.elements()
    var (tiers, start) = ([Tier](), Decimal())
    for (index, node) in nodes.enumerated() {
      let isLast = index == nodes.count - 1
      try node.expect(isLast ? ["perMillion"] : ["upTo", "perMillion"])
      var limit: Decimal?
      if !isLast {
        let upTo = try node["upTo"]
        let number = try upTo.number()
        guard number > start, number.rounded(to: 0) == number else {
          throw upTo.error("write a whole number of requests above \(start), the limit before it")
        }
        (limit, start) = (number, number)
      }
      tiers.append(Tier(limit: limit, perMillion: try node["perMillion"].price()))
    }
    self.tiers = tiers
  }
}

/// A price file that can't be used.
package struct PriceListError: Error, Hashable, CustomStringConvertible {
  /// The file's path.
  package let file: String
  /// The place in it, such as `restAPI[1].perMillion`; nil for all of it.
  package let member: String?
  /// What is wrong, or what to write instead.
  package let reason: String

  /// One line that names the file and the member.
  package var description: String { ([file] + [member, reason].compactMap { $0 }).joined(separator: ": ") }
}

/// A value of a price file, and where it stands.
private struct PriceListNode {
  private let value: JSONValue
  private let name: String?
  private let file: String

  init(_ value: JSONValue, name: String?, file: String) throws(PriceListError) {
    self.value = value
    self.name = name
    self.file = file
  }

  func error(_ reason: String) -> PriceListError { PriceListError(file: file, member: name, reason: reason) }

  private func reading<Value>(_ read: () throws(JSONError) -> Value) throws(PriceListError) -> Value {
    do throws(JSONError) { return try read() } catch { throw self.error("\(error.reason), found \(value.kind)") }
  }

  /// Refuses members of other names, as one of them may be meant for another.
  func expect(_ names: [String]) throws(PriceListError) {
    let members = try reading { () throws(JSONError) in try value.object().members.map { try? $0.name() } }
    if let member = members.enumerated().first(where: { members.prefix($0).contains($1) })?.element {
      throw self.error("the member \(member.quoted) is written twice: leave one of them out")
    }
    for member in members where !names.contains(member ?? "") {
      throw self.error(
        "unknown member \((member ?? "").quoted): this takes \(names.joined(separator: ", "))"
          + (names == ["perMillion"] ? ", and the last of the list no upTo" : ""))
    }
  }

  subscript(_ member: String) -> PriceListNode {
    get throws(PriceListError) {
      let path = (name.map { "\($0)." } ?? "") + member
      guard let value = try reading({ () throws(JSONError) in try value.object()[member] }) else {
        throw PriceListError(file: file, member: path, reason: "missing")
      }
      return try PriceListNode(value, name: path, file: file)
    }
  }

  func elements() throws(PriceListError) -> [PriceListNode] {
    let values = try reading { () throws(JSONError) in try value.array() }
    if values.isEmpty { throw error("write one at the least") }
    var nodes: [PriceListNode] = []
    for (index, value) in values.enumerated() {
      nodes.append(try PriceListNode(value, name: "\(name ?? "")[\(index)]", file: file))
    }
    return nodes
  }

  func text() throws(PriceListError) -> String {
    let text = try reading { () throws(JSONError) in try value.string() }
    if text.isEmpty { throw error("it is empty") }
    return text
  }

  func number() throws(PriceListError) -> Decimal {
    guard value.kind == .number else { throw error("expected a number, found \(value.kind)") }
    let text = String(decoding: value.bytes, as: UTF8.self)
    guard let number = Decimal(string: text), number.isFinite, number >= 0, number <= 1_000_000_000_000_000 else {
      throw error("\(text.quoted) is no such number: write one of 0 or more")
    }
    return number
  }

  func price() throws(PriceListError) -> Decimal {
    let price = try number()
    guard price <= 1_000_000 else { throw error("\(price) is no price in US dollars: write 1000000 or less") }
    return price
  }
}
