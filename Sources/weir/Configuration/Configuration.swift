internal import ArgumentParser
internal import Glibc
internal import WeirCore
internal import WeirIO
internal import WeirRules

/// A scan with all its settings: what the options do not say is asked of the environment, then of a file.
struct Configuration {
  /// The options, completed.
  private(set) var command: ScanCommand
  private var origins: [String: Setting.Origin] = [:]
  let file: ConfigurationInUse?
  /// What the file lets be, with reasons.
  let allowed: [AllowStatement]

  init(of given: ScanCommand) throws {
    command = given
    file = try ConfigurationInUse(given.configurationOptions)
    let contents = try file?.read()
    allowed = contents?.allowed ?? []
    for setting in Setting.all {
      if setting.isGiven(given) {
        origins[setting.key] = .option
      } else if let variable = setting.variable, let value = getenv(variable) {
        origins[setting.key] = .variable(variable)
        if !setting.isSecret { try take(setting, String(cString: value), of: variable) }
      } else if let file, let contents,
        let entry = contents.entries.first(where: { $0.key == setting.key })
      {
        origins[setting.key] = .file(contents.path, line: entry.line)
        try take(setting, entry, of: file, contents)
      }
    }
  }

  func origin(of setting: Setting) -> Setting.Origin { origins[setting.key] ?? .builtIn }

  /// Says of a complaint about an option that was set elsewhere where that was.
  func placed(_ complaint: Complaint) -> Complaint {
    for setting in Setting.all
    where complaint.text.hasPrefix("--\(setting.key) ")
      || complaint.text.hasPrefix("--\(setting.key):")
    {
      switch origin(of: setting) {
      case .builtIn, .option: return complaint
      case .variable(let name): return Complaint(text: "\(name): \(complaint.text)")
      case .file(let path, let line): return Complaint(text: "\(path):\(line): \(complaint.text)")
      }
    }
    return complaint
  }

  private mutating func take(
    _ setting: Setting, _ value: String, of variable: String
  ) throws(Complaint) {
    var value = value
    if setting.kind == .flag {
      guard let isTrue = ["1": true, "true": true, "0": false, "false": false][value] else {
        throw Complaint(text: "\(variable): expected true or false")
      }
      value = "\(isTrue)"
    }
    // As of a variable that was not set: it must neither choose all nor nothing.
    if value.isEmpty { throw Complaint(text: "\(variable): expected a value") }
    do { setting.copy(try ScanCommand.parse(setting.words(for: [value])), &command) } catch {
      throw Complaint(text: "\(variable): \(Self.reason(error))")
    }
  }

  private mutating func take(
    _ setting: Setting, _ entry: ConfigurationFile.Entry, of file: ConfigurationInUse,
    _ contents: ConfigurationFile
  ) throws(RuleError) {
    if file.isFound, case .none(let reason) = setting.trust {
      throw contents.error(
        at: entry.key,
        "\(entry.key): is not for a configuration that is found, for \(reason); "
          + "give it as an option, or name the file by --config")
    }
    let values = try file.values(of: entry, for: setting, in: contents)
    let parsed: ScanCommand
    do { parsed = try ScanCommand.parse(setting.words(for: values)) } catch {
      throw contents.error(at: entry.key, Self.reason(error))
    }
    if file.isFound, case .upTo(let most, let isTrusted) = setting.trust, !isTrusted(parsed) {
      throw contents.error(
        at: entry.key,
        "\(entry.key): a configuration that is found may say \(most) at most; "
          + "give it as an option, or name the file by --config")
    }
    setting.copy(parsed, &command)
  }

  /// In one line: the parser lists what there is a line each.
  private static func reason(_ error: any Error) -> String {
    let lines = ScanCommand.message(for: error).split(separator: "\n  - ")
    return lines[0] + (lines.count > 1 ? " " : "") + lines.dropFirst().joined(separator: ", ")
  }
}
