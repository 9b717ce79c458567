/// A repository whose history or index is read.
public struct Repository: Sendable {
  /// Where it is; nil is here, or where git says so to its hooks (`GIT_DIR`).
  public let path: Path?
  /// In hex: 40 of an id, or 64 with SHA-256.
  private(set) var idDigits = 40
  /// It lacks what is older than the commits it was cut off at.
  public private(set) var isShallow = false

  /// The repository that `path` is, or lies in.
  public init(at path: Path?) throws(GitError) {
    self.path = path
    if path?.bytes.isEmpty == true {
      throw .failed(Path(""), command: "rev-parse", words: "an empty name names no repository")
    }
    let answer = try answer(["rev-parse", "--is-shallow-repository", "--show-object-format"])
    guard answer.count == 2 else { throw .notUnderstood(shownPath, command: "rev-parse") }
    isShallow = answer[0] == Array("true".utf8)
    if answer[1] == Array("sha256".utf8) { idDigits = 64 }
  }

  /// What errors call it.
  public var shownPath: Path { path ?? Path(".") }

  /// The last commit here; nil before the first.
  func head() throws(GitError) -> [UInt8]? {
    try answer(["rev-parse", "--revs-only", "HEAD^{commit}"]).first
  }

  /// What a git says that does not say much.
  ///
  /// - Parameter mark: stands behind each piece of it.
  func answer(
    _ arguments: [String], mark: Unicode.Scalar = "\n",
    following settings: GitProgram.Settings = .own
  ) throws(GitError) -> [[UInt8]] {
    let git = try GitProcess(arguments, in: self, following: settings)
    git.endInput()
    var fields: [[UInt8]] = []
    while let field = git.output.field(endingWith: UInt8(ascii: mark)) {
      fields.append(Array(field))
    }
    try git.finish()
    return fields
  }
}
