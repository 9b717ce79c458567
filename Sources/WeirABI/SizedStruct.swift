internal import CWeir

/// A struct of a caller who may know fewer fields than this library: its first field is its size.
protocol SizedStruct {
  var size: Int { get set }
}

extension SizedStruct {
  /// What the caller has set, and the defaults behind it.
  ///
  /// - Parameter defaults: with no pointer but nulls.
  static func read(
    _ given: UnsafePointer<Self>?, defaults: Self
  ) throws(Refusal) -> Self {
    guard let given else { return defaults }
    let size = UnsafeRawPointer(given).load(as: Int.self)
    // Of a later version the fields behind are not known here, and may ask for what cannot be done.
    guard size >= MemoryLayout<Int>.size, size <= MemoryLayout<Self>.size else { throw .invalid }
    var result = defaults
    withUnsafeMutableBytes(of: &result) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: given, count: size))
    }
    return result
  }

  /// Fills as many fields as the caller knows; the size stays theirs.
  func write(to target: UnsafeMutablePointer<Self>?) throws(Refusal) {
    guard let target else { throw .invalid }
    try write(
      to: UnsafeMutableRawPointer(target), size: UnsafeRawPointer(target).load(as: Int.self))
  }

  /// The same for one whose size stands elsewhere.
  func write(to target: UnsafeMutableRawPointer, size: Int) throws(Refusal) {
    guard size >= MemoryLayout<Int>.size else { throw .invalid }
    var copy = self
    copy.size = size
    withUnsafeBytes(of: &copy) {
      target.copyMemory(from: $0.baseAddress!, byteCount: min(size, $0.count))
    }
  }
}

/// A number of C that Swift has as a signed one: nil for 0, which stands for a default. More than there can be is as good as no limit.
func count(_ size: Int) -> Int? { size == 0 ? nil : size < 0 ? .max : size }

extension weir_engine_options: SizedStruct {}
extension weir_stream_options: SizedStruct {}
extension weir_rule: SizedStruct {}
extension weir_counters: SizedStruct {}
extension weir_finding: SizedStruct {}
extension weir_receipt: SizedStruct {}
