internal import WeirCore

extension PhraseKind {
  /// What a phrase is, to a reader.
  var words: String {
    let what =
      switch self {
      case .bip39: "words of the English list of BIP-39, the last of which hold their checksum"
      case .electrum:
        "words of the English list of BIP-39, of which an HMAC begins with an Electrum version"
      case .algorand:
        "words of the English list of BIP-39, the last of which is the checksum of the others"
      case .monero: "words of Monero's English list, the last of which is their checksum"
      case .slip39: "words of the list of SLIP-39, the last three of which are their checksum"
      }
    let numbers = Listing.join(counts.map(String.init), "or")
    return "\(numbers) \(what): in lower case, in capitals or capitalised, numbered or not, "
      + "between blanks, commas, quotes or line ends"
  }
}
