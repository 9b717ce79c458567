public import CWeir
internal import WeirCore

extension ScanError {
  /// What a caller is told of it.
  var status: weir_status {
    switch self {
    case .hyperscan: isOutOfMemory ? WEIR_NO_MEMORY : WEIR_FAILED
    case .tooManyMatches: WEIR_FAILED
    }
  }
}

/// Why a call is refused.
struct Refusal: Error {
  let status: weir_status

  static let invalid = Refusal(status: WEIR_INVALID)
  static let noCatalogue = Refusal(status: WEIR_NO_CATALOGUE)
}

/// The status of a call that may be refused, or whose scan may fail.
func status(of body: () throws -> Void) -> weir_status {
  do {
    try body()
    return WEIR_OK
  } catch let refusal as Refusal {
    return refusal.status
  } catch let error as ScanError {
    return error.status
  } catch {
    return WEIR_FAILED
  }
}

private func text(_ text: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

@c @implementation
public func weir_status_text(_ status: weir_status) -> UnsafePointer<CChar>! {
  switch status {
  case WEIR_OK: text("done")
  case WEIR_INVALID: text("an argument is null, out of range, or overlaps another")
  case WEIR_TOO_SMALL: text("the buffer is too small; the call has told how much is needed")
  case WEIR_ORDER: text("the stream is finished, aborted or broken; open another")
  case WEIR_BUSY: text("the stream is in use by another call")
  case WEIR_FULL: text("output waits: read it, then write the rest")
  case WEIR_BUDGET:
    text("other streams hold the engine's memory: try again later, or raise most_memory_bytes")
  case WEIR_NO_RULE: text("there is no such pack or rule, or none is left by the options together")
  case WEIR_NO_MEMORY: text("there is no memory for the tables of a scan")
  case WEIR_FAILED: text("the scan cannot go on; what came out before is right")
  case WEIR_NO_CATALOGUE:
    text("the catalogue cannot be read, or is not what `weir rules compile` of this version wrote")
  default: text("no status of this library")
  }
}

@c @implementation
public func weir_version() -> UnsafePointer<CChar>! { text(Release.number) }

@c @implementation
public func weir_abi_version() -> UInt32 { UInt32(WEIR_ABI_VERSION) }
