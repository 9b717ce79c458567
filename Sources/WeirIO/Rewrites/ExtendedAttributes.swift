internal import CSystem
internal import Glibc

/// What a file system keeps of a file by names: attributes of users, access lists, labels and capabilities.
struct ExtendedAttributes {
  struct Failure: Error {
    let name: String
    let error: SystemError
  }

  /// Linux gives none that is longer, and no longer list of names.
  private static let mostBytes = 1 << 16
  /// They vouch for the very bytes, which are others now.
  private static let ofContents: Set<String> = ["security.ima", "security.evm"]

  private let file: Int32

  init(of file: Int32) { self.file = file }

  /// Gives these to another file, which has no others then.
  func copy(to other: Int32) throws(Failure) {
    let others = ExtendedAttributes(of: other)
    let own = try names().filter { !Self.ofContents.contains($0) }
    for name in try others.names() where !own.contains(name) && !Self.ofContents.contains(name) {
      guard fremovexattr(other, name) == 0 || errno == ENODATA else { throw .last(name) }
    }
    for name in own {
      guard let value = try value(of: name), try others.value(of: name) != value else { continue }
      guard fsetxattr(other, name, value, value.count, 0) == 0 else { throw .last(name) }
    }
  }

  private func names() throws(Failure) -> [String] {
    var room = [CChar](repeating: 0, count: Self.mostBytes)
    let count = flistxattr(file, &room, room.count)
    if count < 0 {
      // A file system without any.
      if errno == ENOTSUP { return [] }
      throw .last("extended attributes")
    }
    return room[..<count].split(separator: 0).map {
      String(decoding: $0.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// - Returns: nil where there is none.
  private func value(of name: String) throws(Failure) -> [UInt8]? {
    var room = [UInt8](repeating: 0, count: Self.mostBytes)
    let count = fgetxattr(file, name, &room, room.count)
    if count >= 0 { return Array(room[..<count]) }
    if errno == ENODATA || errno == ENOTSUP { return nil }
    throw .last(name)
  }
}

extension ExtendedAttributes.Failure {
  fileprivate static func last(_ name: String) -> Self { Self(name: name, error: .last) }
}
