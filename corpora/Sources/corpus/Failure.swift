import ArgumentParser
import Foundation

/// How a run ends that could not do what was asked: a line, and 2.
enum Failure {
  static func told<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch {
      FileHandle.standardError.write(Data("corpus: \(error)\n".utf8))
      throw ExitCode(2)
    }
  }
}
