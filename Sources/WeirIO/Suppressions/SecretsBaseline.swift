internal import FoundationEssentials
public import WeirCore

/// What detect-secrets was told to be known: of each file the SHA-1 digests of its secrets.
public struct SecretsBaseline: Suppressor {
  private static let mostBytes = 64 << 20
  private static let digestBytes = 20

  private struct Document: Decodable {
    var results: [String: [Secret]]
  }

  private struct Secret: Decodable {
    var digest: String
    /// What a person said of it who looked.
    var isSecret: Bool?

    enum CodingKeys: String, CodingKey {
      case digest = "hashed_secret"
      case isSecret = "is_secret"
    }
  }

  private var digests: [[UInt8]: Set<[UInt8]>] = [:]
  /// The file's own name, and the digests of the hashes in it: to a rule they look like secrets.
  private let ownName: [UInt8]
  private var ownDigests: Set<[UInt8]> = []
  public let cause = SuppressionCause.secretsBaseline
  public let readers: [SecretReaderMaker] = [{ SHA1Digest() }]

  public init(reading file: Path) throws(SuppressionError) {
    let bytes = try file.suppressionFile(mostBytes: Self.mostBytes)
    let document: Document
    do { document = try JSONDecoder().decode(Document.self, from: Data(bytes)) } catch {
      throw Self.damaged(file, Self.words(for: error))
    }
    let here = NamedPlace.here
    ownName = NamedPlace.name(of: file.bytes, here: here)
    for (path, secrets) in document.results {
      var known: Set<[UInt8]> = []
      for secret in secrets {
        guard let digest = Hex.decode(secret.digest), digest.count == Self.digestBytes else {
          throw Self.damaged(file, "a hashed_secret of \(path) is no SHA-1 in hex digits")
        }
        known.insert(digest)
        ownDigests.insert(Self.digest(of: secret.digest))
      }
      // Somebody found these to be real.
      for secret in secrets where secret.isSecret == true {
        Hex.decode(secret.digest).map { _ = known.remove($0) }
      }
      digests[NamedPlace.name(of: Array(path.utf8), here: here), default: []].formUnion(known)
    }
  }

  private static func digest(of text: String) -> [UInt8] {
    let digest = SHA1Digest()
    Array(text.utf8).withUnsafeBytes { digest.read($0) }
    return digest.finish()
  }

  private static func damaged(_ file: Path, _ reason: String) -> SuppressionError {
    .damaged(file, line: nil, reason: "is no baseline of detect-secrets: \(reason)")
  }

  private static func words(for error: any Error) -> String {
    guard let error = error as? Swift.DecodingError else { return "it cannot be read as JSON" }
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(place(context.codingPath)) is not what it should be"
    case .keyNotFound(let key, let context):
      return "\(place(context.codingPath)) has no \(key.stringValue)"
    case .dataCorrupted: return "it is not JSON"
    @unknown default: return "it cannot be read as JSON"
    }
  }

  /// `results / src/app.py / 2`
  private static func place(_ path: [any CodingKey]) -> String {
    path.isEmpty
      ? "it"
      : path.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.joined(separator: " / ")
  }

  public func letsBe(_ sighting: Sighting, readings: ArraySlice<[UInt8]>) -> Bool {
    guard let digest = readings.first else { return false }
    let name = sighting.place.name
    return digests[name]?.contains(digest) ?? false
      || name == ownName && ownDigests.contains(digest)
  }
}
