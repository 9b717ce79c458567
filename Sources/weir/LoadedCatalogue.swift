internal import WeirCatalogue
internal import WeirCore

/// The built-in rules, loaded once: to scan with, and to mask what is said.
enum LoadedCatalogue {
  private static let result: Result<Catalogue, CatalogueError> = {
    do throws(CatalogueError) { return .success(try BuiltInCatalogue.load()) } catch {
      return .failure(error)
    }
  }()

  static func get() throws(CatalogueError) -> Catalogue { try result.get() }
}
