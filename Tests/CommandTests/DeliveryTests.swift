import Glibc
import Testing

/// Bytes that leave bit by bit, and input that breaks off.
@Suite struct DeliveryTests {
  @Test("what a slow reader takes in bits comes whole and in order")
  func partialWrites() throws {
    var secrets = try Secrets(seed: 60)
    var input: [UInt8] = []
    var expected: [UInt8] = []
    for number in 0..<30_000 {
      let line = Array("\(number) the river runs to the sea; token ".utf8)
      input += line + secrets.token() + "\n"
      expected += line + "WEIR_REDACTED_github.personal-token\n"
    }
    let file = try TemporaryFile(holding: input)
    let errors = try TemporaryFile()
    let (reading, writing) = Command.pipe()
    defer { close(reading) }
    // A write takes what there is room for, however little.
    _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    let child = try Command.spawn(
      ["redact", "--receipt", "--quiet"].map { Array($0.utf8) },
      descriptors: [file.descriptor, writing, errors.descriptor])
    close(writing)
    usleep(200_000)
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 30_011)
    while true {
      let count = read(reading, &buffer, buffer.count)
      guard count > 0 else { break }
      output += buffer.prefix(count)
    }
    let outcome = Command.outcome(of: child, output: errors, errors: errors)
    #expect(outcome.code == 0)
    #expect(output == expected)
    #expect(outcome.errors.contains("read \(input.count) = scanned \(input.count) = "))
    #expect(outcome.errors.contains("written \(expected.count) = "))
  }

  @Test("half a secret before a failed read is withheld")
  func failedRead() throws {
    var secrets = try Secrets(seed: 61)
    let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
    let input = "a line\n" + Array(secrets.token().prefix(20))
    // Memory that a file backs, and behind its end is none: who reads that far is told of an
    // input or output error.
    let page = [UInt8](repeating: 0x0A, count: pageBytes - input.count) + input
    let file = try TemporaryFile(holding: page)
    let memory = mmap(nil, 2 * pageBytes, PROT_READ, MAP_SHARED, file.descriptor, 0)
    let address = try #require(memory == MAP_FAILED ? nil : memory)
    defer { munmap(address, 2 * pageBytes) }
    let source = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
    defer { close(source) }
    let start = Int(bitPattern: address) + pageBytes - input.count
    try #require(lseek(source, start, SEEK_SET) == start)
    let output = try TemporaryFile()
    let errors = try TemporaryFile()
    let child = try Command.spawn(
      ["redact", "--receipt"].map { Array($0.utf8) },
      descriptors: [source, output.descriptor, errors.descriptor])
    let outcome = Command.outcome(of: child, output: output, errors: errors)
    #expect(outcome.text == "a line\n")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("Input/output error"))
    #expect(outcome.errors.contains("read 27 = scanned 27 = clean 7 + masked 0 + withheld 20;"))
  }
}
