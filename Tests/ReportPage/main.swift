// Reads a report of a comparison as JSON on standard input and prints its page, which
// `Tests/Conformance/test_report_page.py` opens in a browser.

import Comparison
import Foundation

let report = try JSONDecoder().decode(ComparisonReport.self, from: FileHandle.standardInput.readDataToEndOfFile())
print(report.html, terminator: "")
