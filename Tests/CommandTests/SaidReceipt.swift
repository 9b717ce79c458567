import Foundation
import Glibc
import Testing

/// The receipt that the command said.
struct SaidReceipt {
  let read: Int
  let masked: Int
  let withheld: Int
  /// nil of a scan.
  let written: Int?
  let addsUp: Bool

  /// Of a run that a planted fault ended: its code says so, and its sums agree.
  init(ofFailed run: Command.Outcome, _ fault: Fault) throws {
    #expect(run.code == 2, "\(fault)")
    self = try SaidReceipt(run.errors)
    #expect(addsUp, "\(fault): \(run.errors)")
  }

  /// Of files that were rewritten: what was written of them.
  init(ofRewritten errors: String) throws {
    self = try SaidReceipt(errors, as: "receipt of what was rewritten: ")
  }

  init(_ errors: String) throws { self = try SaidReceipt(errors, as: "receipt: ") }

  private init(_ errors: String, as name: String) throws {
    let line = try #require(errors.split(separator: "\n").last { $0.contains(name) })
    let numbers = line.matches(of: /\d+/).map { Int($0.output)! }
    try #require(numbers.count == 5 || numbers.count == 8)
    read = numbers[0]
    masked = numbers[3]
    withheld = numbers[4]
    written = numbers.count == 8 ? numbers[5] : nil
    let isDecided = numbers[0] == numbers[1] && numbers[1] == numbers[2] + numbers[3] + numbers[4]
    let isWritten =
      numbers.count == 5 || numbers[5] == numbers[6] + numbers[7] && numbers[6] == numbers[2]
    addsUp = isDecided && isWritten
  }
}

extension Array<UInt8> {
  /// `part` is the beginning of these lines, wherever it was cut, but for what names the input.
  func hasLines(_ part: [UInt8]) -> Bool {
    let own = split(separator: 0x0A).map(Self.withoutPath)
    let lines = part.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    return own.starts(with: lines.map(Self.withoutPath))
  }

  private static func withoutPath(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line, as: UTF8.self).replacing(/"path":"[^"]*"/, with: "")
  }
}
