public import Hyperscan

/// Why rules do not make a catalogue, or bytes are none.
public enum CatalogueError: Error, Equatable, Sendable {
  /// A rule says what cannot be; `rule` is its id.
  case rule(String, reason: String)
  case tooManyAlphabets
  case tooManyRules
  case hyperscan(HyperscanError)
  /// The bytes are not a catalogue of this version, or are damaged.
  case damagedImage(reason: String)

  public var isOutOfMemory: Bool { self == .hyperscan(.outOfMemory) }
}

extension CatalogueError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rule(let id, let reason): "rule \(id): \(reason)"
    case .tooManyAlphabets: "the rules use more than \(TableArrays.mostClasses) different alphabets"
    case .tooManyRules: "the rules make more than 65,535 records of one kind"
    case .hyperscan(let error): error.description
    case .damagedImage(let reason): "not a usable catalogue: \(reason)"
    }
  }
}
