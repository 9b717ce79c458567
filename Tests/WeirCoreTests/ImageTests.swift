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

  @Test("a damaged image is refused, at whatever byte of its tables it ends")
  func damaged() throws {
    let image = try BuiltIn.catalogue.image()
    for count in stride(from: 0, to: min(image.count, 4096), by: 1) {
      #expect(throws: CatalogueError.self) {
        try Array(image.prefix(count)).withUnsafeBytes { _ = try Catalogue(trustedImage: $0) }
      }
    }
  }
}
