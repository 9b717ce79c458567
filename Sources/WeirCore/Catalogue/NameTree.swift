/// The words of all context rules as one tree, built byte by byte: what `NameWords` walks.
struct NameTree {
  /// What a blank of a word becomes: one of the bytes that part a name.
  static let separator: UInt8 = 0x20

  /// A byte of a word, in any case, as a bit of `NameNode.children`; 63 for those that no word has.
  @inline(__always)
  static func code(_ byte: UInt8) -> UInt64 {
    switch byte {
    case 0x61...0x7A: UInt64(byte - 0x61)
    case 0x41...0x5A: UInt64(byte - 0x41)
    case 0x30...0x39: UInt64(byte - 0x30 + 26)
    case separator, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): 36
    default: 63
    }
  }

  private final class Node {
    var children: [UInt64: Node] = [:]
    var targets: [UInt16] = []

    func child(_ code: UInt64) -> Node {
      if let known = children[code] { return known }
      let node = Node()
      children[code] = node
      return node
    }
  }

  private let root = Node()

  /// The ways a word is written: each of its blanks as a separator, or as nothing.
  ///
  /// - Returns: nil when it holds anything but letters, digits and single separators between them, or too few or many bytes.
  static func spellings(of word: String) -> [[UInt8]]? {
    let bytes = word.utf8.map { NameWords.separators.contains($0) ? separator : $0.lowercased }
    let parts = bytes.split(separator: separator, omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy(Alphabet.named["lower-alnum"]!.contains)
    }
    guard isPlain, (3...NameWords.mostBytes).contains(bytes.count), parts.count <= 5 else {
      return nil
    }
    return parts.dropFirst().reduce([Array(parts[0])]) { spellings, part in
      spellings.flatMap { [$0 + part, $0 + [separator] + part] }
    }
  }

  func add(_ spelling: [UInt8], target: UInt16) {
    let end = spelling.reduce(root) { $0.child(Self.code($1)) }
    if !end.targets.contains(target) { end.targets.append(target) }
  }

  /// The tree as records: the root first, the children of a node together.
  func records() -> (nodes: [NameNode], targets: [UInt16])? {
    var nodes: [NameNode] = []
    var targets: [UInt16] = []
    var waiting = [root]
    var known = 1
    while nodes.count < waiting.count {
      let node = waiting[nodes.count]
      guard known + node.children.count <= UInt16.max,
        targets.count + node.targets.count <= UInt16.max
      else { return nil }
      nodes.append(
        NameNode(
          children: node.children.keys.reduce(0) { $0 | 1 << $1 }, firstChild: UInt16(known),
          firstTarget: UInt16(targets.count), targetCount: UInt16(node.targets.count)))
      waiting += node.children.sorted { $0.key < $1.key }.map(\.value)
      known += node.children.count
      targets += node.targets
    }
    return (nodes, targets)
  }
}

/// What `NameWords` asks first: tables made of the tree when a catalogue is loaded.
enum NameStarts {
  static let codeBits = 6
  static let noCode: UInt8 = 63
  /// Stands for the byte behind the last.
  static let end: UInt8 = 62
  /// Begins an escape that ends in a letter or digit (`Escape`).
  static let escape: UInt8 = 0x80

  /// How far behind such a byte the escape may end.
  static func escapeReach(from byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "%"): ZoneBytes.escapeReach(from: byte, isEscaped: false)
    default: Escape.mostBytes
    }
  }

  /// For each byte its `NameTree.code`, and whether it begins an escape.
  static func codes() -> [UInt8] {
    (0...UInt8.max).map { byte in
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "%"), UInt8(ascii: "="), UInt8(ascii: "#"),
        UInt8(ascii: "^"), 0x1B:
        escape | noCode
      default: UInt8(NameTree.code(byte))
      }
    }
  }

  /// For the codes of two bytes, and for one that `end` follows, the node they lead to; 0 is none.
  static func nodes(of tree: [NameNode]) -> [UInt16] {
    var nodes = [UInt16](repeating: 0, count: 1 << (2 * codeBits))
    for first in 0..<UInt64(end) {
      guard let one = tree.first?.child(first) else { continue }
      nodes[Int(first) << codeBits | Int(end)] = one
      for second in 0..<UInt64(end) {
        if let two = tree[Int(one)].child(second) {
          nodes[Int(first) << codeBits | Int(second)] = two
        }
      }
    }
    return nodes
  }
}
