// A program in Swift, on the shared runtime, that loads libweir, which has a runtime of its own within: both work in turn and at once.
//
//     beside LIBRARY VECTORS
import Glibc
import Synchronization

struct Vector: Sendable {
  let input: [UInt8]
  let redacted: [UInt8]
}

/// As `corpus vectors` wrote them (corpora/vectors/README.md), without the findings.
func readVectors(_ path: String) -> [Vector] {
  guard let file = fopen(path, "rb") else { fatalError("\(path): cannot be opened") }
  defer { fclose(file) }
  func bytes(_ count: Int) -> [UInt8]? {
    [UInt8](unsafeUninitializedCapacity: count) { $1 = fread($0.baseAddress, 1, count, file) }
  }
  func number() -> Int? {
    guard let bytes = bytes(4), bytes.count == 4 else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
  func counted() -> [UInt8] { bytes(number() ?? 0) ?? [] }
  var vectors: [Vector] = []
  while let count = number() {
    vectors.append(Vector(input: bytes(count) ?? [], redacted: counted()))
    for _ in 0..<(number() ?? 0) {
      _ = bytes(16)
      _ = counted()
    }
  }
  check(!vectors.isEmpty, "\(path) holds vectors")
  return vectors
}

/// The library by its name: what of weir.h is used here.
struct Library: Sendable {
  typealias Open =
    @convention(c) (UnsafeMutablePointer<OpaquePointer?>, UnsafeRawPointer?) -> UInt32
  typealias Redact =
    @convention(c) (
      OpaquePointer, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int,
      UnsafeMutablePointer<Int>,
      UnsafeMutablePointer<Int>?
    ) -> UInt32
  typealias Free = @convention(c) (OpaquePointer) -> UInt32
  let open: Open
  let redact: Redact
  let free: Free

  init(_ path: String) {
    guard let library = dlopen(path, RTLD_NOW | RTLD_GLOBAL) else {
      fatalError(String(cString: dlerror()))
    }
    func function<Function>(_ name: String, as type: Function.Type) -> Function {
      guard let symbol = dlsym(library, name) else { fatalError("no \(name) in \(path)") }
      return unsafeBitCast(symbol, to: type)
    }
    open = function("weir_engine_open", as: Open.self)
    redact = function("weir_record_redact", as: Redact.self)
    free = function("weir_engine_free", as: Free.self)
  }
}

final class Engine: @unchecked Sendable {
  private let library: Library
  private let engine: OpaquePointer

  init(_ library: Library) {
    self.library = library
    var made: OpaquePointer?
    let status = library.open(&made, nil)
    guard status == 0, let made else { fatalError("weir_engine_open: \(status)") }
    engine = made
  }

  func redact(_ vector: Vector) {
    var output = [UInt8](repeating: 0, count: vector.redacted.count + 1)
    var count = 0
    let status = library.redact(
      engine, vector.input, vector.input.count, &output, output.count, &count, nil)
    check(status == 0, "weir_record_redact: \(status)")
    check(Array(output.prefix(count)) == vector.redacted, "a vector is redacted as expected")
  }

  deinit { check(library.free(engine) == 0, "the engine is given back") }
}

@main struct Beside {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { fatalError("beside LIBRARY VECTORS") }
    let vectors = readVectors(arguments[2])
    check(
      dlsym(dlopen(nil, RTLD_NOW), "swift_retain") != nil, "this program has the shared runtime")
    ownWork()
    await ownTasks {}

    let library = Library(arguments[1])
    let engine = Engine(library)
    let count = Atomic(0)
    for vector in vectors { engine.redact(vector) }
    ownWork()
    await ownTasks {
      let turn = count.wrappingAdd(1, ordering: .relaxed).newValue
      engine.redact(vectors[turn % vectors.count])
      if turn % 50 == 0 { Engine(library).redact(vectors[0]) }
    }
    ownWork()
    await ownTasks {}
    print(
      "\(vectors.count) vectors, and \(count.load(ordering: .relaxed)) records among the program's own tasks"
    )
  }
}
