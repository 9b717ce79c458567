// What a program in Swift does by itself, and sees whether its runtime still does it.
import Glibc

func check(
  _ claim: Bool, _ what: @autoclosure () -> String, file: StaticString = #file, line: UInt = #line
) {
  if !claim { fatalError("not so: \(what())", file: file, line: line) }
}

protocol Named { var name: String { get } }
extension Int: Named { var name: String { "number \(self)" } }
extension Array: Named where Element: Named {
  var name: String { map(\.name).joined(separator: ", ") }
}
struct Refused: Error, Equatable { let number: Int }

actor Tally {
  private(set) var sum = 0
  func add(_ number: Int) { sum += number }
}

/// What needs the runtime: casts that look for conformances, keys, errors, Unicode, keyed storage.
func ownWork() {
  let any: [Any] = [1, [2, 3], "four"]
  check(
    any.compactMap { ($0 as? any Named)?.name } == ["number 1", "number 2, number 3"],
    "casts find conformances")
  check("e\u{301}" == "\u{e9}" && "🇩🇪👩‍👩‍👧".count == 2, "characters are those of Unicode")
  check("straße".uppercased() == "STRASSE", "letters have their cases")
  check(
    "x1 y22 z333".matches(of: /[a-z](\d+)/).map { String($0.1) } == ["1", "22", "333"],
    "expressions match")
  var words: [String: Int] = [:]
  for index in 0..<1000 { words["\(index % 10)", default: 0] += index }
  check(words["7"] == 50200, "dictionaries hold")
  do {
    throw Refused(number: 5)
  } catch {
    check(error as? Refused == Refused(number: 5), "errors are caught by their type")
  }
}

/// Tasks on several threads, an actor, a stream between two tasks, and one that is cancelled; in the midst of each what `between` does.
func ownTasks(_ between: @Sendable @escaping () -> Void) async {
  let tally = Tally()
  await withTaskGroup(of: Int.self) { group in
    for number in 0..<200 {
      group.addTask {
        between()
        ownWork()
        await tally.add(number)
        return number
      }
    }
    let sum = await group.reduce(0, +)
    let tallied = await tally.sum
    check(sum == 19900 && tallied == 19900, "tasks bring their results")
  }
  let (numbers, continuation) = AsyncStream.makeStream(of: Int.self)
  let writer = Task {
    for number in 1...100 { continuation.yield(number) }
    continuation.finish()
  }
  var sum = 0
  for await number in numbers {
    between()
    sum += number
  }
  await writer.value
  check(sum == 5050, "a stream brings all")
  let sleeper = Task { try await Task.sleep(nanoseconds: 60_000_000_000) }
  sleeper.cancel()
  let result = await sleeper.result
  check((try? result.get()) == nil, "a task is cancelled")
}
