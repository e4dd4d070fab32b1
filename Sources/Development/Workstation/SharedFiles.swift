internal import Foundation
package import Platform
package import SigV4

/// A profile in the files that the AWS CLI and the SDKs share: its static keys and its region.
///
/// See [Shared config and credentials
/// files](https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html).
package struct SharedFiles {
  /// The profile's name: `AWS_PROFILE`, or `default`.
  package let profile: String
  /// Its settings, in order of precedence: the credentials file's, then the config file's.
  private let settings: [[String: String]]

  /// Reads the files that the environment names, or those in `~/.aws`. A missing file counts as empty.
  /// - Throws: if `AWS_PROFILE` names a profile that is in neither file.
  package init(_ environment: Platform.Environment) throws(UsageError) {
    let home = (environment["HOME"] ?? NSHomeDirectory()) + "/.aws"
    let credentials = Self.read(environment["AWS_SHARED_CREDENTIALS_FILE"] ?? home + "/credentials")
    let config = Self.read(environment["AWS_CONFIG_FILE"] ?? home + "/config")
    let profile = environment["AWS_PROFILE"] ?? "default"
    self.profile = profile
    settings = [
      credentials[profile], config["profile \(profile)"], profile == "default" ? config["default"] : nil,
    ].compactMap { $0 }
    if settings.isEmpty, profile != "default" {
      throw UsageError("profile '\(profile)' does not exist", run: "aws configure list-profiles")
    }
  }

  /// The profile's static keys.
  package var credentials: AWSCredentials? {
    for section in settings {
      if let id = section["aws_access_key_id"], let secret = section["aws_secret_access_key"] {
        return AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: section["aws_session_token"])
      }
    }
    return nil
  }

  /// The environment's region, or else the profile's.
  package func region(_ environment: Platform.Environment) throws(UsageError) -> String {
    let profile = settings.lazy.compactMap { $0["region"] }.first
    guard let region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? profile else {
      throw UsageError("no AWS region is set", run: "export AWS_REGION=us-east-1")
    }
    return region
  }

  private static func read(_ path: String) -> [String: [String: String]] {
    let expanded = NSString(string: path).expandingTildeInPath
    return (try? String(contentsOfFile: expanded, encoding: .utf8)).map(parse) ?? [:]
  }

  /// Parses a file into sections by the rules of Python's `configparser`, which botocore and the AWS CLI use. Unlike
  /// them, but like the newer SDKs, it ends a value at a `#` or `;` that follows a space or a tab.
  ///
  /// Indentation alone means nothing, but a line that is indented more than the setting before it belongs to that
  /// setting's value, so that nested settings don't count as settings of the section.
  package static func parse(_ text: String) -> [String: [String: String]] {
    var sections: [String: [String: String]] = [:]
    var section: String?
    var setting: (name: String, indentation: Int)?
    for line in text.split(whereSeparator: \.isNewline) {
      let comment = [" #", " ;", "\t#", "\t;"].compactMap { line.range(of: $0)?.lowerBound }.min()
      let content = line[..<(comment ?? line.endIndex)].trimmingCharacters(in: .whitespaces)
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
      let indentation = line.prefix(while: \.isWhitespace).count
      if let section, let setting, indentation > setting.indentation {
        sections[section]?[setting.name]? += "\n\(content)"
      } else if content.hasPrefix("["), content.hasSuffix("]") {
        // `[profile "a b"]` and `[profile a]` are both profile names.
        let words = content.dropFirst().dropLast().split(separator: " ", omittingEmptySubsequences: true)
        let name = words.joined(separator: " ").filter { $0 != "\"" }
        if sections[name] == nil { sections[name] = [:] }
        (section, setting) = (name, nil)
      } else if let section, let delimiter = content.firstIndex(where: { $0 == "=" || $0 == ":" }) {
        let name = content[..<delimiter].trimmingCharacters(in: .whitespaces).lowercased()
        sections[section]?[name] = content[content.index(after: delimiter)...].trimmingCharacters(in: .whitespaces)
        setting = (name, indentation)
      }
    }
    return sections.mapValues { $0.filter { !$0.value.isEmpty } }
  }
}
