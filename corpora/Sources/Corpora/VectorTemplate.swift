public import WeirCore
internal import WeirSpecimens

/// A text with `{{rule:seed}}` in place of credentials: no file of the project holds one.
public struct VectorTemplate {
  public struct Broken: Error, CustomStringConvertible {
    public let description: String
  }

  private let text: [UInt8]

  public init(_ text: [UInt8]) {
    self.text = text
  }

  /// The same with credentials, each made from its seed.
  public func expanded(_ rules: [RuleDefinition]) throws(Broken) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text[...]
    while let open = place(of: "{{", in: rest) {
      result += rest[..<open]
      guard let close = place(of: "}}", in: rest[open...]) else {
        throw Broken(description: "{{ without }}")
      }
      result += try credential(String(decoding: rest[(open + 2)..<close], as: UTF8.self), rules)
      rest = rest[(close + 2)...]
    }
    return result + rest
  }

  private func credential(_ name: String, _ rules: [RuleDefinition]) throws(Broken) -> [UInt8] {
    let parts = name.split(separator: ":")
    guard parts.count == 2, let seed = UInt64(parts[1]),
      let rule = rules.first(where: { $0.id == parts[0] })
    else { throw Broken(description: "{{\(name)}} is not {{rule:seed}}") }
    var maker = SpecimenMaker(rules: rules, seed: seed)
    return maker.specimen(of: rule).bytes
  }

  private func place(of mark: String, in text: ArraySlice<UInt8>) -> Int? {
    let mark = Array(mark.utf8)
    return text.indices.dropLast().first { text[$0] == mark[0] && text[$0 + 1] == mark[1] }
  }
}
