import Synchronization
import Testing
import WeirCore

@Suite("A catalogue survives its image")
struct ImageTests {
  @Test("the same findings")
  func roundTrip() throws {
    let image = try BuiltIn.catalogue.image()
    let copy = try image.withUnsafeBytes { try Catalogue(trustedImage: $0) }
    #expect(copy.ruleCount == BuiltIn.catalogue.ruleCount)
    #expect(copy.rules.map(\.id) == BuiltIn.catalogue.rules.map(\.id))
    for vector in Vectors.all(seed: 91) {
      #expect(try scan(vector, catalogue: copy) == scan(vector))
    }
  }

  @Test("its database is read when somebody asks for it and the sieve does not search, once")
  func databaseLater() throws {
    let image = try BuiltIn.catalogue.image()
    let calls = Mutex(0)
    let copy = try image.withUnsafeBytes { bytes in
      try Catalogue(trustedImage: bytes) { body in
        calls.withLock { $0 += 1 }
        image.withUnsafeBytes(body)
      }
    }
    let vector = try #require(Vectors.all(seed: 92).first)
    #expect(try scan(vector, catalogue: copy) == scan(vector))
    #expect(calls.withLock { $0 } == 0)
    for _ in 0..<2 {
      let found = try vector.withUnsafeBytes { try copy.signatureEnds(in: $0, by: .hyperscan) }
      #expect(found?.isEmpty == false)
    }
    #expect(calls.withLock { $0 } == (SearchWay.all.contains(.sieve) ? 1 : 0))
  }

  @Test("a damaged image is refused, at whatever byte of its tables it ends")
  func damaged() throws {
    let image = try BuiltIn.catalogue.image()
    for count in stride(from: 0, to: min(image.count, 4096), by: 1) {
      #expect(throws: CatalogueError.self) {
        try Array(image.prefix(count)).withUnsafeBytes { _ = try Catalogue(trustedImage: $0) }
      }
    }
  }

  @Test("a literal that ends a byte past the table of literals is refused")
  func literalsOutside() throws {
    let image = try BuiltIn.catalogue.image()
    // Behind the magic word each table has its length before it: rules, forms, elements, literals.
    func length(at place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(image[place + $1]) << (8 * $1) }
    }
    var place = 8
    for _ in 0..<2 { place += 4 + length(at: place) }
    let elements = place + 4..<place + 4 + length(at: place)
    let literalBytes = length(at: elements.upperBound)
    // Ten bytes each: kind, class, least, greatest, start of the literal, cache. Kind 0 is a literal.
    for element in stride(from: elements.lowerBound, to: elements.upperBound, by: 10)
    where image[element] == 0 {
      let width = Int(image[element + 2]) | Int(image[element + 3]) << 8
      var changed = image
      func read(literalAt start: Int) throws {
        changed[element + 6] = UInt8(start & 0xFF)
        changed[element + 7] = UInt8(start >> 8)
        try changed.withUnsafeBytes { _ = try Catalogue(trustedImage: $0) }
      }
      try read(literalAt: literalBytes - width)
      #expect(throws: CatalogueError.self) { try read(literalAt: literalBytes - width + 1) }
    }
  }
}
