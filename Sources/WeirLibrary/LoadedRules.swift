internal import WeirCatalogue
internal import WeirCore

/// Rules, ready to scan with, and what is known of each.
struct LoadedRules: Sendable {
  let catalogue: Catalogue
  let rules: [WeirCore.Rule]

  private init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    rules = catalogue.rules
  }

  private static let builtInResult: Result<LoadedRules, CatalogueError> = {
    do throws(CatalogueError) { return .success(LoadedRules(try BuiltInCatalogue.load())) } catch {
      return .failure(error)
    }
  }()

  /// What `weir rules compile` wrote, or without it the built-in rules.
  static func of(_ compiledRules: [UInt8]?) throws(WeirError) -> LoadedRules {
    guard let compiledRules else { return try builtIn() }
    return try LoadedRules(compiling: compiledRules)
  }

  /// Loaded once. The image is part of the program, so that only memory can be missing.
  private static func builtIn() throws(WeirError) -> LoadedRules {
    do { return try builtInResult.get() } catch { throw .outOfMemory }
  }

  private init(compiling bytes: [UInt8]) throws(WeirError) {
    do throws(CatalogueError) {
      self.init(try Catalogue(compiling: CompiledRules.definitions(in: bytes)))
    } catch {
      throw error.isOutOfMemory ? .outOfMemory : .badCompiledRules(reason: "\(error)")
    }
  }
}
