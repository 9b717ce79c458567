import Foundation
import Testing
import Weir

@Suite struct VectorTests {
  let engine: Engine

  init() throws { engine = try Engine() }

  @Test("there are vectors, with findings and without")
  func vectorsAreThere() {
    #expect(Vector.all.count >= 7)
    #expect(Vector.all.contains { $0.findings.isEmpty } && Vector.joined.findings.count > 5)
  }

  @Test("every vector as a record gives the one-shot result, as bytes, as a span and as a string")
  func records() throws {
    for vector in Vector.all {
      #expect(try engine.redact(vector.input) == vector.output, "\(vector.name)")
      #expect(try engine.find(vector.input).found == vector.findings, "\(vector.name)")
      var output = Array("before".utf8)
      let count = try engine.redact(vector.input.span.bytes, appendingTo: &output)
      #expect(output == Array("before".utf8) + vector.output && count == vector.findings.count)
      guard let text = String(validating: vector.input, as: UTF8.self) else { continue }
      #expect(try Array(engine.redact(text).utf8) == vector.output, "\(vector.name)")
      #expect(try engine.find(text).found == vector.findings, "\(vector.name)")
    }
  }

  @Test("every split of every vector into two gives the one-shot result")
  func everySplit() throws {
    for vector in Vector.all + [Vector.joined] {
      for place in 0...vector.input.count {
        var stream = engine.stream()
        let outputs = [
          try stream.write(Array(vector.input[..<place])),
          try stream.write(Array(vector.input[place...])), try stream.finish(),
        ]
        guard outputs.flatMap(\.bytes) == vector.output,
          outputs.flatMap(\.findings).found == vector.findings,
          outputs[2].receipt.isWhole(of: vector)
        else {
          Issue.record("\(vector.name) cut at \(place)")
          break
        }
      }
    }
  }

  @Test("byte by byte, delivered without a copy, every vector gives the one-shot result")
  func byteByByte() throws {
    for vector in Vector.all {
      var (output, findings): ([UInt8], [Finding]) = ([], [])
      var stream = engine.stream()
      for place in vector.input.indices {
        try stream.write(vector.input.span.extracting(place..<place + 1).bytes) {
          findings.append($0)
        } onOutput: { bytes in
          bytes.withUnsafeBytes { output += $0 }
        }
      }
      let receipt = try stream.finish {
        findings.append($0)
      } onOutput: { bytes in
        bytes.withUnsafeBytes { output += $0 }
      }
      #expect(output == vector.output && findings.found == vector.findings, "\(vector.name)")
      #expect(receipt.isWhole(of: vector), "\(vector.name)")
    }
  }

  @Test("a stream that only finds gives the same findings and no bytes")
  func findsOnly() throws {
    for vector in Vector.all {
      for place in 0...vector.input.count {
        var stream = engine.stream(.find)
        let outputs = [
          try stream.write(Array(vector.input[..<place])),
          try stream.write(Array(vector.input[place...])), try stream.finish(),
        ]
        guard outputs.allSatisfy(\.bytes.isEmpty),
          outputs.flatMap(\.findings).found == vector.findings
        else {
          Issue.record("\(vector.name) cut at \(place)")
          break
        }
      }
    }
  }

  @Test("findings are those of the command, with places, prefix, check and confidence")
  func command() throws {
    for vector in Vector.all + [Vector.joined] {
      let expected = try CommandFinding.all(in: vector.input)
      let found = try engine.find(vector.input).map {
        CommandFinding($0, prefix: Array(vector.input[Int($0.range.lowerBound)...]))
      }
      #expect(found == expected, "\(vector.name)")
      #expect(found.count == vector.findings.count, "\(vector.name)")
    }
  }
}

extension Receipt {
  /// That of a vector that has ended.
  fileprivate func isWhole(of vector: Vector) -> Bool {
    takenBytes == UInt64(vector.input.count) && takenBytes == scannedBytes && withheldBytes == 0
      && cleanBytes + maskedBytes == takenBytes
      && cleanBytes + maskTextBytes == UInt64(vector.output.count)
      && findingCount == UInt64(vector.findings.count)
  }
}
