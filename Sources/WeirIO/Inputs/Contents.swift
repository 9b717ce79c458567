/// Where an input's bytes come from that has no descriptor of its own: out of something packed, or from git.
protocol Contents: AnyObject {
  /// A read would not wait for input.
  var isReady: Bool { get }

  /// Fills `room` as far as there are bytes at hand.
  ///
  /// - Returns: 0 at the end. What came before an error has been given before it is thrown.
  func read(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}
