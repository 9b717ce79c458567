public import CWeir
internal import WeirCore

@c @implementation
public func weir_stream_open(
  _ engine: OpaquePointer!, _ options: UnsafePointer<weir_stream_options>!,
  _ stream: UnsafeMutablePointer<OpaquePointer?>!
) -> weir_status {
  status {
    guard let stream else { throw Refusal.invalid }
    let opened = try Engine.with(engine) { try Stream($0, options) }
    stream.pointee = OpaquePointer(Unmanaged.passRetained(opened).toOpaque())
  }
}

@c @implementation
public func weir_stream_write(
  _ stream: OpaquePointer!, _ bytes: UnsafeRawPointer!, _ count: Int,
  _ taken_bytes: UnsafeMutablePointer<Int>!
) -> weir_status {
  var taken = 0
  let result = status {
    guard count >= 0, bytes != nil || count == 0 else { throw Refusal.invalid }
    try Stream.enter(stream) {
      try $0.write(UnsafeRawBufferPointer(start: bytes, count: count), taken: &taken)
    }
  }
  taken_bytes?.pointee = taken
  return result
}

@c @implementation
public func weir_stream_flush(_ stream: OpaquePointer!) -> weir_status {
  status { try Stream.enter(stream) { try $0.flush() } }
}

@c @implementation
public func weir_stream_finish(_ stream: OpaquePointer!) -> weir_status {
  status { try Stream.enter(stream) { try $0.finish() } }
}

@c @implementation
public func weir_stream_abort(_ stream: OpaquePointer!) -> weir_status {
  status { try Stream.enter(stream) { try $0.abort() } }
}

@c @implementation
public func weir_stream_read(
  _ stream: OpaquePointer!, _ output: UnsafeMutableRawPointer!, _ capacity_bytes: Int,
  _ output_bytes: UnsafeMutablePointer<Int>!
) -> weir_status {
  status {
    guard let output_bytes, capacity_bytes >= 0, output != nil || capacity_bytes == 0 else {
      throw Refusal.invalid
    }
    output_bytes.pointee = try Stream.enter(stream) {
      $0.takeOutput(into: UnsafeMutableRawBufferPointer(start: output, count: capacity_bytes))
    }
  }
}

@c @implementation
public func weir_stream_finding(
  _ stream: OpaquePointer!, _ finding: UnsafeMutablePointer<weir_finding>!,
  _ has_finding: UnsafeMutablePointer<UInt32>!
) -> weir_status {
  status {
    guard let finding, let has_finding, finding.pointee.size >= MemoryLayout<Int>.size else {
      throw Refusal.invalid
    }
    let next = try Stream.enter(stream) { $0.takeFinding() }
    try next?.write(to: finding)
    has_finding.pointee = next == nil ? 0 : 1
  }
}

@c @implementation
public func weir_stream_receipt(
  _ stream: OpaquePointer!, _ receipt: UnsafeMutablePointer<weir_receipt>!
) -> weir_status {
  status { try Stream.enter(stream) { $0.receipt }.write(to: receipt) }
}

@c @implementation
public func weir_stream_footprint_bytes(
  _ stream: OpaquePointer!, _ count: UnsafeMutablePointer<Int>!
) -> weir_status {
  status {
    guard let count else { throw Refusal.invalid }
    count.pointee = try Stream.enter(stream) { $0.footprintBytes }
  }
}

@c @implementation
public func weir_stream_free(_ stream: OpaquePointer!) -> weir_status {
  guard let stream else { return WEIR_OK }
  return status {
    try Stream.enter(stream) { _ in }
    Unmanaged<Stream>.fromOpaque(UnsafeRawPointer(stream)).release()
  }
}
