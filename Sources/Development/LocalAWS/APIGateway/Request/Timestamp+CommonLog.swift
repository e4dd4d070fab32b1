internal import Platform

extension Timestamp {
  /// The time as Apache's Common Log Format and `$context.requestTime` write it: `23/Nov/2026:06:20:57 +0000`.
  var commonLog: String {
    let fields = rfc3339.split { "-T:.Z".contains($0) }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = Int(fields[1]).map { months[$0 - 1] } ?? ""
    return "\(fields[2])/\(month)/\(fields[0]):\(fields[3]):\(fields[4]):\(fields[5]) +0000"
  }
}
