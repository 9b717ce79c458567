public import WeirCore

/// The rules that are part of the program.
public enum BuiltInCatalogue {
  /// The commit the program was built at.
  public static var commit: String { catalogueCommit }

  /// Makes the catalogue ready: decodes the image, and its database where that is searched. About a millisecond; nothing is read from disk.
  public static func load() throws(CatalogueError) -> Catalogue {
    let result: Result<Catalogue, CatalogueError>? = catalogueImage.withBytes { bytes in
      do throws(CatalogueError) {
        return .success(
          try Catalogue(trustedImage: bytes) { body in _ = catalogueImage.withBytes(body) })
      } catch { return .failure(error) }
    }
    guard let result else { throw .damagedImage(reason: "its text is cut short") }
    return try result.get()
  }
}
