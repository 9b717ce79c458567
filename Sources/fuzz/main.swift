// The fuzzer: fuzz TARGET [libFuzzer's options and folders], or fuzz show TARGET FILE.
//
// A main of its own around libFuzzer's driver. Run it by `scripts/fuzz`, which finds the library.
internal import CFuzzer
internal import Glibc
internal import Trials

/// The trial of this process. Set once, before the driver starts.
nonisolated(unsafe) var target = FuzzTarget.stream

func say(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

func runOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let failure: String?
  do { failure = try target.trial.failure(of: bytes) } catch { failure = "threw \(error)" }
  guard let failure else { return 0 }
  say("fuzz: \(target.rawValue) is broken\n\(failure)\n\(target.trial.description(of: bytes))")
  // libFuzzer then keeps the input.
  abort()
}

/// Half of the mutations know the structure of what the trial reads; the other half are libFuzzer's own.
@c(LLVMFuzzerCustomMutator)
public func mutate(
  _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: UInt32
) -> Int {
  if seed % 2 == 0, count > 0 { return LLVMFuzzerMutate(bytes, count, capacity) }
  let old = Array(UnsafeBufferPointer(start: bytes, count: count))
  let trial = target.trial
  let new =
    (count < 2 || seed % 32 == 1
    ? trial.bytes(seed: UInt64(seed)) : trial.mutated(old, seed: UInt64(seed))).prefix(capacity)
  _ = UnsafeMutableBufferPointer(start: bytes, count: capacity).update(fromContentsOf: new)
  return new.count
}

func contents(of path: String) -> [UInt8]? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
  return bytes
}

func usage() -> Never {
  let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: "|")
  say("usage: fuzz \(names) [OPTION | FOLDER]…\n       fuzz show \(names) FILE")
  exit(2)
}

let arguments = CommandLine.arguments
let isShown = arguments.dropFirst().first == "show"
guard let name = arguments.dropFirst(isShown ? 2 : 1).first,
  let named = FuzzTarget(rawValue: name)
else { usage() }
target = named
target.trial.prepare()
if isShown {
  guard arguments.count == 4, let bytes = contents(of: arguments[3]) else { usage() }
  print(target.trial.description(of: bytes))
} else {
  // The driver sees its own options only.
  var count = CommandLine.argc - 1
  var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>> = .allocate(capacity: Int(count) + 1)
  list[0] = CommandLine.unsafeArgv[0]!
  for index in 1..<max(Int(count), 1) { list[index] = CommandLine.unsafeArgv[index + 1]! }
  exit(LLVMFuzzerRunDriver(&count, &list, runOne))
}
