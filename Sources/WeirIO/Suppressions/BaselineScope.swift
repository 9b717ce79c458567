/// What a scan of these paths looks at anew.
public struct BaselineScope {
  private let names: [String]

  /// - Parameter isHistory: they are repositories, whose paths count from their roots.
  public init(_ paths: [Path], isHistory: Bool) {
    let here = NamedPlace.here
    names =
      isHistory
      ? [""] : paths.map { Path(NamedPlace.name(of: $0.bytes, here: here)).shownText }
  }

  public func contains(_ entry: Baseline.Entry) -> Bool {
    names.contains { name in
      // What lies elsewhere than below the working directory is named by its whole name, or by the way up.
      name.isEmpty
        ? !entry.path.hasPrefix("/") && !entry.path.hasPrefix("../")
        : entry.path == name || entry.path.hasPrefix(name == "/" ? name : name + "/")
          || entry.path.hasPrefix(name + "!")
    }
  }
}
