/// What stands before a place where armed rules may begin: asked once, however many rules ask.
struct StartEdges {
  private var knownLeftEdge: Bool?
  private var knownAssignment: Bool?

  mutating func isLeftEdge(_ start: UInt64, in view: View) -> Bool {
    if let knownLeftEdge { return knownLeftEdge }
    let answer = Edge.isLeftEdge(start, in: view)
    knownLeftEdge = answer
    return answer
  }

  mutating func isAssigned(_ start: UInt64, in view: View) -> Bool {
    if let knownAssignment { return knownAssignment }
    let answer = Edge.isAssigned(start, in: view)
    knownAssignment = answer
    return answer
  }
}
