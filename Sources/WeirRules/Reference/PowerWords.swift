/// What a credential's holder can do, and what its owner does then: `power` of a rule file.
package struct PowerWords {
  package let power: String
  /// What a thief gets.
  let gain: String
  /// What comes after its revocation.
  let next: String

  /// The strongest first.
  package static let all = [
    PowerWords(
      power: "admin", gain: "control: can make and remove users, keys and resources",
      next: "Then read the audit log since the leak: users, keys and resources that were made "
        + "with it outlive it."),
    PowerWords(
      power: "write", gain: "changes: can alter what is there, such as code, packages or settings",
      next: "Then look through what was changed since the leak, and what was built or sent from it."
    ),
    PowerWords(
      power: "spend", gain: "money: can use what its owner pays for",
      next: "Then look at usage and bills, or balances, since the leak: only revocation stops them."
    ),
    PowerWords(
      power: "data", gain: "private data: can read what its owner keeps there",
      next: "Then find out from the access logs what was read, and who has to be told."),
    PowerWords(
      power: "read", gain: "a look: can read what is not meant for everybody, and change nothing",
      next: "Then find out what it could read."),
  ]

  static func of(_ power: String) -> PowerWords {
    all.first { $0.power == power } ?? PowerWords(power: power, gain: power, next: "")
  }
}
