internal import CSodium

/// The checksums of phrases, over the places of their words in the list.
package enum PhraseCheck {
  /// The words are a phrase of the kind, and stand for none.
  ///
  /// Cost: what is no placeholder is hashed once, at most 33 words.
  package static func isPhrase(_ kind: PhraseKind, _ words: UnsafeBufferPointer<UInt16>) -> Bool {
    guard kind.counts.contains(words.count), !isPlaceholder(words) else { return false }
    switch kind {
    case .bip39: return isBIP39(words)
    case .electrum: return isElectrum(words)
    case .algorand: return isAlgorand(words)
    case .monero: return isMonero(words)
    case .slip39: return isSLIP39(words)
    }
  }

  /// Words of which a third are repetitions, or that ascend as in the list: no generator makes such in a thousand million years.
  static func isPlaceholder(_ words: UnsafeBufferPointer<UInt16>) -> Bool {
    var repeated = 0
    var ascends = true
    for index in 1..<words.count {
      if words[..<index].contains(words[index]) { repeated += 1 }
      if words[index] <= words[index - 1] { ascends = false }
    }
    return ascends || repeated * 3 > words.count
  }

  // MARK: BIP-39

  private static let wordBits = 11

  /// The entropy's SHA-256 begins with the bits that follow it: a thirty-second of its own.
  private static func isBIP39(_ words: UnsafeBufferPointer<UInt16>) -> Bool {
    let sumBits = words.count * wordBits / 33
    let entropyBytes = sumBits * 4
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: entropyBytes + 1) { bytes in
      bytes.initialize(repeating: 0)
      defer { UnsafeMutableRawBufferPointer(bytes).wipe() }
      pack(words, into: bytes)
      // The standard's own examples.
      if bytes[1..<entropyBytes].allSatisfy({ $0 == bytes[0] }) { return false }
      var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
      withUnsafeMutableBytes(of: &digest) {
        _ = crypto_hash_sha256(
          $0.assumingMemoryBound(to: UInt8.self).baseAddress!, bytes.baseAddress!,
          UInt64(entropyBytes))
      }
      let head = UInt64(bigEndian: digest.0)
      guard UInt8(head >> UInt64(64 - sumBits)) == bytes[entropyBytes] >> UInt8(8 - sumBits) else {
        return false
      }
      return !published.contains(head)
    }
  }

  /// The words' bits in a row, the first of a word its greatest.
  private static func pack(
    _ words: UnsafeBufferPointer<UInt16>, into bytes: UnsafeMutableBufferPointer<UInt8>
  ) {
    var bits: UInt32 = 0
    var bitCount: UInt32 = 0
    var place = 0
    for word in words {
      bits = bits << UInt32(wordBits) | UInt32(word)
      bitCount += UInt32(wordBits)
      while bitCount >= 8 {
        bitCount -= 8
        bytes[place] = UInt8(truncatingIfNeeded: bits >> bitCount)
        place += 1
      }
    }
    if bitCount > 0 { bytes[place] = UInt8(truncatingIfNeeded: bits << (8 - bitCount)) }
  }

  /// How the SHA-256 of the entropy begins of phrases that development tools have for everybody: what they guard is nobody's.
  package static let published: [UInt64] = [
    // Ganache's, Truffle's, Substrate's and MetaMask's own.
    0xC60D_AB48_E485_6285, 0xEFF8_DDFA_E2B7_8AF2, 0x43DC_E62B_1C7A_AADF, 0x0B2B_0CDE_69B8_857A,
  ]

  // MARK: Electrum

  /// HMAC-SHA512 of the phrase under `Seed version` begins with 01, or with 100, 101 or 102: a standard, SegWit or 2FA wallet
  /// (electrum.readthedocs.io/en/latest/seedphrase.html).
  private static func isElectrum(_ words: UnsafeBufferPointer<UInt16>) -> Bool {
    let most = words.count * (WordLetters.most + 1)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: most) { text in
      text.initialize(repeating: 0)
      defer { UnsafeMutableRawBufferPointer(text).wipe() }
      var count = 0
      for word in words {
        if count > 0 {
          text[count] = 0x20
          count += 1
        }
        for letter in WordList.bip39.letters(of: Int(word)) {
          text[count] = letter
          count += 1
        }
      }
      var digest = InlineArray<64, UInt8>(repeating: 0)
      var state = crypto_auth_hmacsha512_state()
      crypto_auth_hmacsha512_init(&state, seedVersion.utf8Start, seedVersion.utf8CodeUnitCount)
      crypto_auth_hmacsha512_update(&state, text.baseAddress!, UInt64(count))
      withUnsafeMutableBytes(of: &digest) {
        _ = crypto_auth_hmacsha512_final(
          &state, $0.assumingMemoryBound(to: UInt8.self).baseAddress!)
      }
      return digest[0] == 0x01 || digest[0] == 0x10 && digest[1] >> 4 <= 2
    }
  }

  private static let seedVersion: StaticString = "Seed version"

  // MARK: Algorand

  /// 24 words are the 32 bytes of a key, the least bits first; the 25th is the first 11 bits of its SHA-512/256
  /// (developer.algorand.org/docs/get-details/accounts).
  private static func isAlgorand(_ words: UnsafeBufferPointer<UInt16>) -> Bool {
    // 24 words are 264 bits.
    guard words[23] < 8 else { return false }
    var key = [UInt8](repeating: 0, count: 33)
    defer { key.wipe() }
    for (index, word) in words.prefix(24).enumerated() {
      for bit in 0..<wordBits where word >> UInt16(bit) & 1 == 1 {
        let place = index * wordBits + bit
        key[place / 8] |= 1 << UInt8(place % 8)
      }
    }
    let digest = SHA512.truncated256(key.prefix(32))
    return words[24] == UInt16(digest >> 56) | UInt16(digest >> 48 & 0x07) << 8
  }

  // MARK: Monero

  private static let moneroLetters = 3

  /// The last word is one of the others: that which the CRC-32 of their first three letters names (Monero's `electrum-words.cpp`).
  private static func isMonero(_ words: UnsafeBufferPointer<UInt16>) -> Bool {
    words[24] == words[moneroPlace(of: words.prefix(24))]
  }

  package static func moneroPlace(of words: some Collection<UInt16>) -> Int {
    var text: [UInt8] = []
    text.reserveCapacity(words.count * moneroLetters)
    for word in words { text += WordList.monero.letters(of: Int(word)).prefix(moneroLetters) }
    defer { text.wipe() }
    return Int(text.withUnsafeBytes(CRC32.checksum)) % words.count
  }

  // MARK: SLIP-39

  private static let generators: [UInt32] = [
    0x00E0_E040, 0x01C1_C080, 0x0383_8100, 0x0707_0200, 0x0E0E_0009, 0x1C0C_2412, 0x3808_6C24,
    0x3090_FC48, 0x21B1_F890, 0x03F3_F120,
  ]

  /// RS1024, a code over numbers of ten bits: the remainder of the name of its use and the words is 1.
  private static func isSLIP39(_ words: UnsafeBufferPointer<UInt16>) -> Bool {
    remainder(of: words) == 1
  }

  package static func remainder(of words: some RandomAccessCollection<UInt16>) -> UInt32 {
    // Of the second word one bit tells that a share may be extended.
    let second = words[words.index(words.startIndex, offsetBy: 1)]
    let name: StaticString = second >> 4 & 1 == 1 ? "shamir_extendable" : "shamir"
    var rest: UInt32 = 1
    func take(_ value: UInt32) {
      let top = rest >> 20
      rest = (rest & 0xF_FFFF) << 10 ^ value
      for (bit, generator) in generators.enumerated() where top >> UInt32(bit) & 1 == 1 {
        rest ^= generator
      }
    }
    for index in 0..<name.utf8CodeUnitCount { take(UInt32(name.utf8Start[index])) }
    for word in words { take(UInt32(word)) }
    return rest
  }
}
