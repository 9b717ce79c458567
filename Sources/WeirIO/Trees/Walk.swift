internal import Glibc

/// The files below a directory, in the order of their names' bytes.
///
/// Links to files are followed, links to directories are not: what they lead to is walked where it
/// stands, or is not below; so no loop of links is walked. Directories named `.git` are passed over (history is an input of its own). Whatever
/// is not read is an entry too.
public struct Walk {
  public enum Entry: Sendable {
    case file(Path)
    case skipped(Path, Skip)
    case failed(InputError)
  }

  private let selection: Selection
  /// The directory that is walked, by its real name, with a slash at the end; and the name that is looked at.
  private var place: [UInt8] = []
  /// How much of it globs are not held against.
  private var globBase = 0

  public init(_ selection: Selection) { self.selection = selection }

  /// Visits all below `directory`, which itself is walked whatever its name.
  ///
  /// - Parameter visit: returns false to stop.
  /// - Returns: false when it was stopped.
  @discardableResult
  public mutating func walk(_ directory: Path, _ visit: (Entry) -> Bool) -> Bool {
    place = directory.real ?? directory.bytes
    if place.last != UInt8(ascii: "/") { place.append(UInt8(ascii: "/")) }
    globBase = place.count
    if selection.globs != nil, let here = Path(".").real, place.starts(with: here) {
      let end = here.count + (here.last == UInt8(ascii: "/") ? 0 : 1)
      if place.count >= end, place[end - 1] == UInt8(ascii: "/") { globBase = end }
    }
    var errors: [InputError] = []
    let rules =
      selection.areIgnoreFilesHeeded
      ? IgnoreRules(above: place) { errors.append($0) } : IgnoreRules()
    return errors.allSatisfy { visit(.failed($0)) } && descend(into: directory, under: rules, visit)
  }

  private mutating func descend(
    into directory: Path, under outer: IgnoreRules, _ visit: (Entry) -> Bool
  ) -> Bool {
    let listing: Listing
    do { listing = try Listing(of: directory) } catch { return visit(.failed(error)) }
    var rules = outer
    if !listing.marks.isEmpty, selection.areIgnoreFilesHeeded {
      var errors: [InputError] = []
      rules.enter(directory, base: place.count, listing.marks) { errors.append($0) }
      guard errors.allSatisfy({ visit(.failed($0)) }) else { return false }
    }
    for entry in listing.entries {
      if Interruption.isAsked { return false }
      let name = listing.name(of: entry)
      guard self.visit(directory.appending(name), name, entry.kind, under: rules, visit) else {
        return false
      }
    }
    return true
  }

  private mutating func visit(
    _ path: Path, _ name: ArraySlice<UInt8>, _ listedKind: UInt8, under rules: IgnoreRules,
    _ visit: (Entry) -> Bool
  ) -> Bool {
    var kind = Int(listedKind)
    if kind == DT_UNKNOWN {
      do throws(SystemError) { kind = try path.kind(isFollowed: false) } catch {
        return visit(.failed(.cannotOpen(path, error)))
      }
    }
    if kind == DT_DIR, name.elementsEqual(WorkTree.name) {
      return visit(.skipped(path, .repository))
    }
    let judgement = judgement(of: name, isDirectory: kind == DT_DIR, under: rules)
    if case .isSkipped(let skip) = judgement { return visit(.skipped(path, skip)) }
    switch kind {
    case DT_REG: return visit(.file(path))
    case DT_DIR:
      let end = place.count
      place += name
      place.append(UInt8(ascii: "/"))
      defer { place.removeLast(place.count - end) }
      return descend(
        into: path, under: judgement == .isReadAsTracked ? rules.ofTrackedOnly : rules, visit)
    case DT_LNK: return visit(entry(ofLink: path))
    default: return visit(.skipped(path, .special))
    }
  }

  /// What a link leads to.
  private func entry(ofLink path: Path) -> Entry {
    do throws(SystemError) {
      switch try path.kind(isFollowed: true) {
      case DT_REG: return .file(path)
      case DT_DIR: return .skipped(path, .linkToDirectory)
      default: return .skipped(path, .special)
      }
    } catch {
      let leadsNowhere = [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(error.code)
      return leadsNowhere ? .skipped(path, .linkToNothing) : .failed(.cannotOpen(path, error))
    }
  }

  private enum Judgement: Equatable {
    case isRead
    case isReadAsTracked
    case isSkipped(Skip)
  }

  /// Globs speak first, then ignore files, then the dot of a name.
  private mutating func judgement(
    of name: ArraySlice<UInt8>, isDirectory: Bool, under rules: IgnoreRules
  ) -> Judgement {
    if selection.globs != nil || !rules.isEmpty {
      let end = place.count
      place += name
      defer { place.removeLast(name.count) }
      let ruling = place.withUnsafeBufferPointer { place -> Judgement? in
        switch selection.globs?.verdict(
          on: place[globBase...], name: end, isDirectory: isDirectory)
        {
        case .isAskedFor: return .isRead
        case .isLeftOut: return .isSkipped(isDirectory ? .directoryOutsideGlobs : .fileOutsideGlobs)
        case nil: break
        }
        switch rules.ruling(on: place, name: end, isDirectory: isDirectory) {
        case .isRead: return .isRead
        case .isReadAsTracked: return .isReadAsTracked
        case .isLeftOut: return .isSkipped(isDirectory ? .ignoredDirectory : .ignoredFile)
        case nil: return nil
        }
      }
      if let ruling { return ruling }
    }
    guard !selection.isHiddenRead, name.first == UInt8(ascii: ".") else { return .isRead }
    return .isSkipped(isDirectory ? .hiddenDirectory : .hiddenFile)
  }
}
