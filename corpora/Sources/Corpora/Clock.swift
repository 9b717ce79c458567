/// The time in a text, which goes on as it is written.
struct Clock {
  private(set) var microseconds: UInt64
  private(set) var year = 0
  private(set) var month = 0
  private(set) var day = 0
  private var dayNumber = Int.min

  init(microseconds: UInt64) {
    self.microseconds = microseconds
    goOn(0)
  }

  mutating func goOn(_ passed: UInt64) {
    microseconds += passed
    let days = Int(microseconds / 86_400_000_000)
    if days != dayNumber { setDate(days: days) }
  }

  var seconds: Int { Int(microseconds / 1_000_000) }
  var fraction: Int { Int(microseconds % 1_000_000) }
  var hour: Int { seconds / 3600 % 24 }
  var minute: Int { seconds / 60 % 60 }
  var second: Int { seconds % 60 }

  /// Hinnant's `civil_from_days`: the date of a number of days since 1970.
  private mutating func setDate(days: Int) {
    dayNumber = days
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}
