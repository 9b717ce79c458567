/// What kind of credential a name promises. The list is closed: a rule asks for one of them (`judge = "password"`).
public enum CredentialKind: UInt8, Sendable, CaseIterable {
  case password = 1
  case secret = 2
  case token = 3
  case key = 4

  public var name: String {
    switch self {
    case .password: "password"
    case .secret: "secret"
    case .token: "token"
    case .key: "key"
    }
  }
}
