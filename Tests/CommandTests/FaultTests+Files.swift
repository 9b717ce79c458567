import Foundation
import Glibc
import Testing

/// The n-th call fails while several files are read, and findings are written.
extension FaultTests {
  // MARK: Several files

  /// `redact --findings F A B`: the findings are descriptor 3, each input is 4.
  private struct Files {
    let folder: TemporaryFolder
    let findings: String
    let arguments: [String]
    /// No byte of the first input is this one, so that where it ends in the output is plain.
    static let second = Array("\u{1}second\n".utf8)

    init(_ log: LongLog) throws {
      folder = try TemporaryFolder()
      findings = "\(folder.path)/findings"
      arguments = [
        "redact", "--receipt", "--quiet", "--findings", findings,
        try folder.add("a", log.bytes), try folder.add("b", Self.second),
      ]
    }

    func written() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: findings))) }
  }

  @Test("with findings and several files too, nothing transient changes anything")
  func transientOfFiles() throws {
    let log = try LongLog.shared.get()
    let files = try Files(log)
    let right = try Command.run(files.arguments)
    let lines = try files.written()
    #expect(right.output.difference(from: log.redacted + Files.second) == nil)
    let calls: [(call: String, descriptor: Int32, least: Int)] = [
      ("read", 4, 7), ("writev", 1, 6), ("writev", 3, 5), ("open", -1, 3), ("ftruncate", 3, 1),
    ]
    for (call, descriptor, least) in calls {
      for (outcome, isLasting) in Self.transient {
        let isShort = if case .fails = outcome { false } else { true }
        let isOfBytes = call == "read" || call == "writev"
        if !isOfBytes, isShort || outcome.description == Fault.Outcome.fails(EAGAIN).description {
          continue
        }
        let count = try everyNumber { number in
          let fault = Fault(
            call: call, descriptor: descriptor, number: number, outcome: outcome,
            isLasting: isLasting)
          let (faulted, isReached) = try Command.run(files.arguments, fault: fault)
          #expect(faulted.code == 0, "\(fault): \(faulted.errors)")
          #expect(faulted.output.difference(from: right.output) == nil, "\(fault)")
          #expect(faulted.errors == right.errors, "\(fault)")
          #expect(try files.written().difference(from: lines) == nil, "\(fault)")
          return isReached
        }
        #expect(count >= least, "\(call)")
      }
    }
  }

  @Test(
    "a file that cannot be read on is said, keeps back what is undecided, and the next one is read")
  func readOfFiles() throws {
    let log = try LongLog.shared.get()
    let files = try Files(log)
    let count = try everyNumber { number in
      let fault = Fault(call: "read", descriptor: 4, number: number, outcome: .fails(EIO))
      let (faulted, isReached) = try Command.run(files.arguments, fault: fault)
      guard isReached else { return false }
      let receipt = try SaidReceipt(ofFailed: faulted, fault)
      #expect(receipt.written == faulted.output.count)
      let first = faulted.output.prefix { $0 != 1 }
      #expect(Array(first).strays(from: log.redacted) == nil, "\(fault)")
      let isOfFirst = faulted.errors.contains("\(files.folder.path)/a: cannot be read behind byte ")
      if isOfFirst {
        #expect(Array(faulted.output.dropFirst(first.count)).difference(from: Files.second) == nil)
      }
      #expect(faulted.errors.split(separator: "\n").count == 2, "\(faulted.errors)")
      #expect(try log.findingLines.hasLines(files.written()) == true)
      return true
    }
    #expect(count >= 7)
  }

  @Test(
    "findings that cannot be written are said by their file's name; the stream stops where it was right"
  )
  func writeOfFindings() throws {
    let log = try LongLog.shared.get()
    let files = try Files(log)
    for code in [ENOSPC, EIO, EFBIG] {
      let count = try everyNumber { number in
        let fault = Fault(call: "writev", descriptor: 3, number: number, outcome: .fails(code))
        let (faulted, isReached) = try Command.run(files.arguments, fault: fault)
        guard isReached else { return false }
        _ = try SaidReceipt(ofFailed: faulted, fault)
        #expect(faulted.output.strays(from: log.redacted + Files.second) == nil)
        let written = try files.written()
        expectOneLine(faulted, files.findings, behind: written.count, code)
        #expect(log.findingLines.hasLines(written) == true)
        return true
      }
      #expect(count >= 5)
    }
  }

  @Test(
    "findings that are lost at the close of their file are an error; the stream is whole",
    arguments: [EIO, ENOSPC, EDQUOT, EINTR])
  func closeOfFindings(code: Int32) throws {
    let log = try LongLog.shared.get()
    let files = try Files(log)
    let fault = Fault(call: "close", descriptor: 3, number: 1, outcome: .fails(code))
    let (faulted, isReached) = try Command.run(files.arguments, fault: fault)
    #expect(isReached)
    #expect(faulted.output.difference(from: log.redacted + Files.second) == nil)
    let receipt = try SaidReceipt(faulted.errors)
    #expect(receipt.addsUp && receipt.withheld == 0)
    // One that was interrupted has closed the file all the same.
    #expect(faulted.code == (code == EINTR ? 0 : 2))
    let said = faulted.errors.split(separator: "\n").filter { !$0.contains(" receipt: ") }
    let reason = String(cString: strerror(code))
    let line =
      "weir: \(files.findings): may lack what was written: \(reason); make room and run it again"
    #expect(said == (code == EINTR ? [] : [Substring(line)]))
  }

  @Test("findings whose file cannot be looked at are refused: it might be an input")
  func unknownFindings() throws {
    let log = try LongLog.shared.get()
    let files = try Files(log)
    try Data("old findings".utf8).write(to: URL(filePath: files.findings))
    for (call, code) in [("fstat", EIO), ("open", EMFILE), ("ftruncate", EIO)] {
      let fault = Fault(
        call: call, descriptor: call == "open" ? -1 : 3, number: 1, outcome: .fails(code))
      let (faulted, isReached) = try Command.run(files.arguments, fault: fault)
      #expect(isReached)
      #expect(faulted.code == 2)
      #expect(faulted.output == [])
      #expect(faulted.errors.hasPrefix("weir: \(files.findings): cannot be opened for writing: "))
      #expect(faulted.errors.contains(String(cString: strerror(code))))
      #expect(faulted.errors.split(separator: "\n").count == 1)
      #expect(try files.written() == Array("old findings".utf8))
    }
  }
}
