public import WeirCore

/// The rules that are part of the program.
public enum BuiltInCatalogue {
  /// The commit the program was built at.
  public static var commit: String { catalogueCommit }

  /// Makes the catalogue ready: decodes the image and its database. About a millisecond; nothing is read from disk.
  public static func load() throws(CatalogueError) -> Catalogue {
    guard let image = catalogueImage.decoded() else {
      throw .damagedImage(reason: "its text is cut short")
    }
    let result: Result<Catalogue, CatalogueError> = image.withUnsafeBytes { bytes in
      do throws(CatalogueError) { return .success(try Catalogue(trustedImage: bytes)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
