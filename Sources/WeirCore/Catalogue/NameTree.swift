/// The words of all context rules as one tree, built byte by byte: what `NameWords` walks.
struct NameTree {
  /// What a blank of a word becomes: one of the bytes that part a name.
  static let separator: UInt8 = 0x20

  private final class Node {
    var edges: [(byte: UInt8, node: Node)] = []
    var targets: [UInt16] = []

    func child(_ byte: UInt8) -> Node {
      if let known = edges.first(where: { $0.byte == byte }) { return known.node }
      let node = Node()
      edges.append((byte, node))
      edges.sort { $0.byte < $1.byte }
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
    let end = spelling.reduce(root) { $0.child($1) }
    if !end.targets.contains(target) { end.targets.append(target) }
  }

  /// The tree as records: the root first, the edges of a node together.
  func records() -> (nodes: [NameNode], edges: [NameEdge], targets: [UInt16])? {
    var nodes: [NameNode] = []
    var edges: [NameEdge] = []
    var targets: [UInt16] = []
    var waiting = [root]
    var known = 1
    while nodes.count < waiting.count {
      let node = waiting[nodes.count]
      guard known + node.edges.count <= UInt16.max, edges.count + node.edges.count <= UInt16.max,
        targets.count + node.targets.count <= UInt16.max
      else { return nil }
      nodes.append(
        NameNode(
          firstEdge: UInt16(edges.count), edgeCount: UInt16(node.edges.count),
          firstTarget: UInt16(targets.count), targetCount: UInt16(node.targets.count)))
      for (byte, child) in node.edges {
        edges.append(NameEdge(byte: byte, node: UInt16(known)))
        waiting.append(child)
        known += 1
      }
      targets += node.targets
    }
    return (nodes, edges, targets)
  }
}
