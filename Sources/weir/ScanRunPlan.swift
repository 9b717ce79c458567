internal import WeirIO

/// What of the inputs is read, and how.
struct ScanRunPlan {
  let threads: Int
  /// Which files are read.
  let selection: Selection
  /// What is not read is said one by one.
  let skipsAreShown: Bool
  /// And what is opened.
  let openingsAreShown: Bool
  /// How far archives are opened; nil for not at all.
  let limits: ArchiveLimits?

  var packedInputs: PackedInputs { limits == nil ? .taken : .handedBack }
}
