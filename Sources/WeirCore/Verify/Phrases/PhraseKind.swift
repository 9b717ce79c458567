/// The kinds of phrases that wallets are restored from: whose words, and how many.
public enum PhraseKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case bip39 = 1
  case electrum = 2
  case algorand = 3
  case monero = 4
  case slip39 = 5

  /// No phrase has more words.
  static let mostWords = 33

  /// As a shape names it.
  public var name: String {
    switch self {
    case .bip39: "bip39-phrase"
    case .electrum: "electrum-phrase"
    case .algorand: "algorand-phrase"
    case .monero: "monero-phrase"
    case .slip39: "slip39-phrase"
    }
  }

  /// How many words it may have, the fewest first.
  package var counts: [Int] {
    switch self {
    case .bip39: Self.bip39Counts
    case .electrum: Self.electrumCounts
    case .algorand, .monero: Self.longCounts
    case .slip39: Self.slip39Counts
    }
  }

  // Made once, so that reading a phrase makes none.
  private static let bip39Counts = [12, 15, 18, 21, 24]
  private static let electrumCounts = [12]
  private static let longCounts = [25]
  private static let slip39Counts = [20, 33]

  var fewestWords: Int {
    switch self {
    case .bip39, .electrum: 12
    case .slip39: 20
    case .algorand, .monero: 25
    }
  }

  var mostWords: Int {
    switch self {
    case .electrum: 12
    case .bip39: 24
    case .algorand, .monero: 25
    case .slip39: 33
    }
  }

  /// Which of the lists its words are from.
  var listIndex: Int {
    switch self {
    case .bip39, .electrum, .algorand: 0
    case .slip39: 1
    case .monero: 2
    }
  }

  static let listCount = 3

  static func list(_ index: Int) -> WordList {
    switch index {
    case 0: .bip39
    case 1: .slip39
    default: .monero
    }
  }

  package var list: WordList { Self.list(listIndex) }
}
