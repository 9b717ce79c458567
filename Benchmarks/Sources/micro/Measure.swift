internal import Glibc

/// One thing that is measured: what it does, to how much, and what it gave in each round.
struct Measure {
  let what: String
  let text: String
  /// What the nanoseconds are divided by.
  let unit: Unit
  let amount: Int
  private(set) var nanoseconds: [Int] = []
  /// What it counted: the same in every round, or it did something else.
  private(set) var count: Int?

  enum Unit: String {
    case kilobyte = "KB"
    case record, mask, restart
  }

  init(_ what: String, on text: String, each unit: Unit, amount: Int) {
    self.what = what
    self.text = text
    self.unit = unit
    self.amount = amount
  }

  mutating func add(_ sample: Sample) {
    if let count, count != sample.count {
      fail("\(what) on \(text): counted \(count) and then \(sample.count)")
    }
    count = sample.count
    nanoseconds.append(sample.nanoseconds)
  }

  /// Nanoseconds for each unit, in the order of the rounds.
  var samples: [Double] { nanoseconds.map { Double($0) / Double(amount) } }
}

/// One round: how long it took, and what it counted.
struct Sample {
  var nanoseconds = 0
  var count = 0

  /// Adds what `body` takes, and counts.
  mutating func time(_ body: () throws -> Int) rethrows {
    let start = Self.now()
    count += try body()
    nanoseconds += Self.now() - start
  }

  /// Of this thread: what others do on the machine costs it caches, but no time.
  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

func fail(_ what: String) -> Never {
  let words = Array("micro: \(what)\n".utf8)
  _ = write(STDERR_FILENO, words, words.count)
  exit(2)
}
