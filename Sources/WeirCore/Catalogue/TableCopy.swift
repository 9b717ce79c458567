extension UnsafeBufferPointer where Element: BitwiseCopyable {
  /// Memory of its own with the same records, for whoever takes it to give back.
  init(copying records: [Element]) {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: records.count)
    _ = memory.initialize(fromContentsOf: records)
    self.init(memory)
  }
}
